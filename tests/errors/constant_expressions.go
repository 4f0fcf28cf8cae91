package p

func f() int { return 1 }

var v = 1

const a = f()
const b = v
const c []int = nil
const d = len([]int{1})
const e = []int{1}
const g func() = nil
const h = iota
const i = "a" + 1
const j = nil

var k = iota
