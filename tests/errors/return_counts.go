package p

func a() { return 1 }

func b() int { return }

func c() (int, string) { return 1 }

func d() (int, string) { return 1, "a", 2.0 }

func e() (x int, err error) {
	if x := 1; x > 0 {
		return
	}
	{
		err := error(nil)
		_ = err
		return
	}
}

func f() (int, int) { return c() }

func g() (a, b, c int) { return d() }
