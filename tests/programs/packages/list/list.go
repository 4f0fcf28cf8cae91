package list

type Node struct {
	Next *Node
	Val  any
}

type List struct {
	head *Node
	Len  int
}

func (l *List) Push(v any) *List {
	l.head = &Node{l.head, v}
	l.Len++
	return l
}

func (l *List) Each(f func(any)) {
	for n := l.head; n != nil; n = n.Next {
		f(n.Val)
	}
}

var Default List
