package main

import (
	"fmt"
	"reflect"
)

type P struct {
	X int
	S string
}

func main() {
	a := reflect.New(reflect.ArrayOf(3, reflect.TypeOf(""))).Elem()
	a.Index(1).SetString("x")
	arr := a.Interface().([3]string)
	fmt.Println(arr, len(arr), a.Type(), a.Len())
	m := map[any]int{[3]string{"", "x", ""}: 7}
	fmt.Println(m[a.Interface()], a.Interface() == any([3]string{"", "x", ""}))
	st := reflect.StructOf([]reflect.StructField{
		{Name: "X", Type: reflect.TypeOf(0), Tag: `json:"x"`},
		{Name: "B", Type: reflect.TypeOf(byte(0))},
		{Name: "S", Type: reflect.TypeOf("")},
		{Name: "A", Type: reflect.ArrayOf(2, reflect.TypeOf(P{}))},
	})
	fmt.Println(st, st.Size(), st.Field(2).Offset, st.NumField(), st.Field(0).Tag.Get("json"))
	v := reflect.New(st).Elem()
	v.Field(0).SetInt(5)
	v.Field(2).SetString("s")
	v.Field(3).Index(1).Set(reflect.ValueOf(P{1, "p"}))
	fmt.Printf("%v %+v\n", v, v.Interface())
	w := reflect.New(st).Elem()
	w.Set(v)
	fmt.Println(v.Interface() == w.Interface())
	w.Field(3).Index(0).Field(0).SetInt(9)
	fmt.Println(v.Interface() == w.Interface())
	ss := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeOf(0)}, {Name: "S", Type: reflect.TypeOf("")}})
	sv := reflect.New(ss).Elem()
	sv.Field(0).SetInt(3)
	if x, ok := sv.Interface().(struct {
		X int
		S string
	}); ok {
		fmt.Println(x.X, ss == reflect.TypeOf(x), ss.ConvertibleTo(reflect.TypeOf(P{})))
	}
	mt := reflect.MakeMap(reflect.MapOf(ss, reflect.TypeOf(0)))
	mt.SetMapIndex(sv, reflect.ValueOf(4))
	fmt.Println(mt, mt.MapIndex(sv))
	ft := reflect.FuncOf([]reflect.Type{reflect.TypeOf(0), reflect.TypeOf([]string{})}, []reflect.Type{reflect.TypeOf(false)}, true)
	fmt.Println(ft, ft.IsVariadic())
	for _, f := range []func(){
		func() { reflect.StructOf([]reflect.StructField{{Name: "", Type: st}}) },
		func() { reflect.StructOf([]reflect.StructField{{Name: "x", Type: st}}) },
		func() { reflect.StructOf([]reflect.StructField{{Name: "X", Type: st}, {Name: "X", Type: st}}) },
		func() { reflect.ArrayOf(-1, st) },
		func() { _ = map[any]int{reflect.New(reflect.ArrayOf(1, reflect.TypeOf([]int{}))).Elem().Interface(): 1} },
	} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}
	type pair struct{ a, b any }
	x := reflect.New(reflect.ArrayOf(2, reflect.TypeOf(pair{}))).Elem()
	fmt.Println(x.Interface() == any([2]pair{}), reflect.DeepEqual(x.Interface(), [2]pair{}))
}
