//! A test that waits for ever fails instead of hanging. Alone in its file: it is seen only when nothing else runs.

#[cfg_attr(miri, ignore = "Miri cannot count threads")]
#[goxide::test]
#[should_panic(expected = "all goroutines are asleep")]
fn a_test_that_waits_for_ever_fails() {
    goxide::chan::<()>(0).recv();
}
