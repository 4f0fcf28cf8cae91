struct Server;

impl Server {
    fn start(&self) {
        goxide::go!(self.run());
    }

    fn run(&self) {}
}

fn main() {
    Server.start();
}
