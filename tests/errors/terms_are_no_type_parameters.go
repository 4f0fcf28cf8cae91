package a

func Fact[int interface{ int | int64 }](n int) int { return n }
func G[P any, Q interface{ P }]()                 {}
func H[P any, Q interface{ ~P | string }]()       {}
func I[P any, Q P]()                              {}
func J[P any, Q interface{ []P | string }]()      {}
