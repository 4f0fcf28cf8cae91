use goxide_macros::interface;

#[interface("main.Shape")]
trait Shape: Clone {
    type Unit;
    fn Area(self) -> f64 {
        0.0
    }
    fn Scale(&self, k: f64);
}

#[interface(main)]
trait Named {}

fn main() {}
