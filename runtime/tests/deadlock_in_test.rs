//! Tests that wait for ever fail instead of hanging. Alone in their file: it is seen only when nothing else runs.

#[cfg_attr(miri, ignore = "Miri cannot count threads")]
#[goxide::test]
#[should_panic(expected = "all goroutines are asleep")]
fn a_test_that_waits_for_ever_fails() {
    goxide::chan::<()>(0).recv();
}

/// The stack that is borrowed from stays.
#[cfg_attr(miri, ignore = "Miri cannot count threads")]
#[goxide::test]
#[should_panic(expected = "all goroutines are asleep")]
fn a_scope_that_waits_for_ever_fails() {
    let never = goxide::chan::<()>(0);
    goxide::scope(|s| s.spawn(|| assert!(never.recv().is_none())));
}
