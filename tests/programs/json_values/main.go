// JSON of and into values of all kinds, what is not JSON or does not fit, and streams.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"strings"
	"time"
)

type Color int

func (c Color) MarshalText() ([]byte, error) {
	if c > 3 {
		return nil, errors.New("no such color")
	}
	return []byte(fmt.Sprintf("c<%d>", int(c))), nil
}
func (c *Color) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "c<%d>", (*int)(c))
	return err
}

type Temp float64

func (t Temp) MarshalJSON() ([]byte, error) {
	if t < -273 {
		return []byte("{bad"), nil
	}
	return []byte(fmt.Sprintf(`{ "deg": %v , "u":"<C>"}`, float64(t))), nil
}
func (t *Temp) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	var x struct{ Deg float64 }
	if err := json.Unmarshal(b, &x); err != nil {
		return fmt.Errorf("temp: %w", err)
	}
	*t = Temp(x.Deg)
	return nil
}

type PM struct{ v int }

func (p *PM) MarshalJSON() ([]byte, error) { return json.Marshal(p.v * 2) }

type Base struct {
	ID   int `json:"id"`
	Kind string
	Dup  int
}
type Other struct {
	Dup   int
	Other bool `json:"other,omitempty"`
}
type inner struct{ Hidden, Shown int }
type Tree struct {
	Val         int
	Left, Right *Tree `json:",omitempty"`
}
type All struct {
	Base
	*Other
	inner
	Name    string         `json:"name"`
	Skip    int            `json:"-"`
	Dash    int            `json:"-,"`
	Opt     *int           `json:"opt,omitempty"`
	Strs    []string       `json:"strs"`
	M       map[string]int `json:"m,omitempty"`
	IM      map[int]string `json:",omitempty"`
	Any     any            `json:"any"`
	F       float64        `json:"f"`
	F32     float32
	B       []byte
	Arr     [3]int
	Q       int    `json:",string"`
	QS      string `json:",string"`
	QB      *bool  `json:"qb,string"`
	Raw     json.RawMessage
	Num     json.Number
	T       time.Time `json:"t,omitzero"`
	D       time.Duration
	C       Color
	CM      map[Color]Temp
	Tp      Temp
	PtrT    *Temp
	PM      PM
	PPM     *PM
	Tree    *Tree
	Weird   int `json:"a b<c>"`
	Bad     int `json:"a\"b"`
	Ü       string
	private int
	Iface   fmt.Stringer
	Emb     struct{ X, y int }
	U8      uint8
	I       []any
	E       struct{}        `json:"e,omitempty"`
	Z       struct{ A int } `json:"z,omitzero"`
	SS      [][]map[string][]bool
}

func show(what string, v any, err error) {
	if err != nil {
		var se *json.SyntaxError
		var ue *json.UnmarshalTypeError
		var me *json.MarshalerError
		switch {
		case errors.As(err, &ue):
			fmt.Printf("%s: UTE %v | %q %v %q %q off %d\n", what, err, ue.Value, ue.Type, ue.Struct, ue.Field, ue.Offset)
		case errors.As(err, &me):
			fmt.Printf("%s: ME %v | %v\n", what, err, me.Type)
		case errors.As(err, &se):
			fmt.Printf("%s: SE %v | off %d\n", what, err, se.Offset)
		default:
			fmt.Printf("%s: %T %v\n", what, err, err)
		}
	}
	if b, ok := v.([]byte); ok {
		fmt.Printf("%s -> %s\n", what, b)
	} else if v != nil {
		fmt.Printf("%s => %+v\n", what, v)
	}
}

func enc(v any) {
	b, err := json.Marshal(v)
	show(fmt.Sprintf("%T", v), b, err)
}

func dec[T any](src string) {
	var v T
	err := json.Unmarshal([]byte(src), &v)
	again, _ := json.Marshal(v)
	show(fmt.Sprintf("%T %s", v, src), again, err)
}

func main() {
	tr := true
	a := All{Name: "x\"\\\n\t\x01<é>&\u2028\xff😀\x7f", F: 1e21, F32: 0.1, B: []byte("hello"), Q: 5, QS: "q\"<", QB: &tr, Any: map[string]any{"z": 1, "a": []int{1}, "m": nil}, CM: map[Color]Temp{2: 3, 1: 1.5}, C: 2}
	a.Weird, a.Ü, a.Tree = 3, "ü", &Tree{1, &Tree{Val: 2}, nil}
	a.IM = map[int]string{10: "a", 9: "b", -1: "c"}
	a.PPM = &PM{4}
	a.Opt = new(int)
	a.I = []any{1, "a", nil, true, 1.5, []byte("x"), Color(1), &a.F, json.Number("12.50"), map[string]string(nil), []int(nil), []int{}}
	a.D = time.Second
	a.Num = "1e5"
	enc(a)
	enc(&a)
	a.T = time.Date(2024, 1, 2, 3, 4, 5, 6000, time.UTC)
	a.Other = &Other{Dup: 3, Other: true}
	a.Raw = json.RawMessage(`{"a" : [1, 2 ]}`)
	b, err := json.MarshalIndent(&a, ">", "  ")
	show("indent", b, err)
	var back All
	show("back", nil, json.Unmarshal(bytes.Replace(b, []byte("\n>"), []byte("\n"), -1), &back))
	b2, err := json.Marshal(&back)
	show("again", b2, err)
	for _, f := range []float64{0, math.Copysign(0, -1), 1, -1.5, 1e20, 1e21, 1e-6, 1e-7, 123456789.125, math.MaxFloat64, math.SmallestNonzeroFloat64, 1e100, 3.0e-10} {
		enc(f)
		enc(float32(f))
	}
	enc(math.NaN())
	enc(math.Inf(-1))
	enc([]any{math.Inf(1)})
	enc(make(chan int))
	enc(func() {})
	enc(1i)
	enc(map[bool]int{true: 1})
	enc(map[float64]int{})
	enc(struct{ C chan int }{})
	enc(Temp(-300))
	enc(Color(9))
	enc(map[Color]int{9: 1})
	enc(map[string]Temp{"a": -400})
	enc(json.Number("abc"))
	enc(json.Number(""))
	enc(json.RawMessage("{"))
	enc(json.RawMessage(nil))
	enc([]json.RawMessage{[]byte("1"), nil})
	enc(nil)
	enc((*int)(nil))
	enc([]*int{nil})
	enc([]PM{{1}})
	enc([1]PM{{1}})
	enc(&[1]PM{{1}})
	enc(map[string]PM{"a": {1}})
	enc(map[string]*PM{"a": {1}, "b": nil})
	enc([]byte{})
	enc([]byte(nil))
	enc([3]byte{1, 2, 3})
	enc([]Color{1})
	enc(map[uint8]bool{200: true, 3: false})
	enc(map[string]any{"\xff": 1, "<": 2})
	type rec struct{ Next *rec }
	r := &rec{}
	r.Next = r
	enc(r)
	m := map[string]any{}
	m["m"] = m
	enc(m)
	s := []any{nil}
	s[0] = s
	enc(s)
	enc(struct {
		A int            `json:",omitempty"`
		B string         `json:"b,omitempty"`
		C []int          `json:"c,omitempty"`
		D map[string]int `json:"d,omitempty"`
		E *int           `json:"e,omitempty"`
		F any            `json:"f,omitempty"`
		G bool           `json:"g,omitempty"`
		H [0]int         `json:"h,omitempty"`
		I time.Time      `json:"i,omitempty"`
		J float64        `json:"j,omitzero"`
	}{C: []int{}, D: map[string]int{}})
	enc(time.Date(2024, 1, 2, 3, 4, 5, 0, time.FixedZone("X", 3600)))
	enc(errors.New("x"))
	enc(struct{ Err error }{errors.New("x")})

	dec[int]("5")
	dec[int]("5.0")
	dec[int]("1e2")
	dec[int8]("300")
	dec[uint]("-1")
	dec[float32]("1e39")
	dec[float64]("1e400")
	dec[any]("1e400")
	dec[string](`"a\u00e9\ud83d\ude00\ud800x\/\b\f\n\r\t\\\"\udc00\ud800\u0041"`)
	dec[string]("\"\xff\xfe\"")
	dec[any](` [1, "a", null, true, {"x": {"y": [false, -0.5e-3]}}, {}, []] `)
	dec[map[string]any](`{"a":1,"a":2,"b":{"c":null}}`)
	dec[map[int]string](`{"1":"a","-5":"b"}`)
	dec[map[int]string](`{"x":"a","2":"b"}`)
	dec[map[int8]string](`{"300":"a"}`)
	dec[map[Color]int](`{"c<3>":5}`)
	dec[map[Color]int](`{"zz":5}`)
	dec[[]int](`[1,2,"x",4,5.5]`)
	dec[[2]int](`[1,2,3]`)
	dec[[3]int](`[1]`)
	dec[[]int](`null`)
	dec[[]int](`[]`)
	dec[[]int](`{}`)
	dec[map[string]int](`[1]`)
	dec[map[string]int](`{"a":"x","b":2}`)
	dec[bool](`"true"`)
	dec[string](`true`)
	dec[[]byte](`"aGk="`)
	dec[[]byte](`"a!k="`)
	dec[[]byte](`[1,2,255]`)
	dec[json.Number](`12.50`)
	dec[json.Number](`"12"`)
	dec[json.Number](`"x"`)
	dec[json.RawMessage](` {"a" : 1} `)
	dec[*int](`7`)
	dec[**int](`null`)
	dec[fmt.Stringer](`1`)
	dec[fmt.Stringer](`null`)
	dec[error](`"x"`)
	dec[chan int](`1`)
	dec[Color](`"c<2>"`)
	dec[Color](`"q"`)
	dec[Color](`5`)
	dec[Color](`{}`)
	dec[[]Color](`["c<1>", null]`)
	dec[Temp](`{"deg":5.5}`)
	dec[Temp](`{"deg":"x"}`)
	dec[Temp](`null`)
	dec[map[string]*Temp](`{"a":{"deg":1},"b":null}`)
	dec[time.Time](`"2024-01-02T03:04:05Z"`)
	dec[time.Time](`"nope"`)
	dec[time.Duration](`5000`)
	type S struct {
		A  int `json:"a"`
		B  string
		In struct {
			X, Y int
			L    []struct{ Z bool }
		} `json:"in"`
		P *Base
		M map[string]Base
		Base
		*Other
		Q  int     `json:"q,string"`
		QS string  `json:"qs,string"`
		QB bool    `json:"qb,string"`
		QP *int    `json:"qp,string"`
		QF float64 `json:"qf,string"`
	}
	for _, src := range []string{
		`{"a":1,"b":"lower","IN":{"x":1,"Y":2},"unknown":[1,{"z":2}]}`,
		`{"A":"str","B":5,"in":{"x":"q"},"P":{"id":7},"M":{"k":{"id":1,"Kind":"z"}}}`,
		`{"in":{"L":[{"Z":true},{"Z":1}]}}`, `{"P":{"id":"x"}}`, `{"M":{"k":{"id":"x"}}}`, `{"M":{"k":[]}}`,
		`{"id":3,"Kind":"k","Dup":9,"other":true}`, `{"id":"s"}`, `{"P":null,"a":null,"B":null,"in":null,"M":null}`,
		`{"q":"5","qs":"\"s\"","qb":"true","qp":"7","qf":"1.5"}`, `{"q":5}`, `{"q":"x"}`, `{"q":""}`, `{"qs":"s"}`, `{"qb":"1"}`, `{"q":"null"}`, `{"qp":null}`, `{"q":null}`, `{"q":" 5"}`, `{"q":"5x"}`, `{"q":"1.5"}`, `{"qs":5}`, `{"q":"999999999999999999999"}`, `{"qb":true}`, `{"qf":"\"1\""}`,
		`[]`, `"x"`, `5`, `true`, `null`, `{"a":1.5,"B":[]}`, `{"B":{}}`, `{"a":[1],"B":"ok"}`,
	} {
		dec[S](src)
	}
	for _, src := range []string{``, ` `, `{`, `[`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `[1,]`, `[1`, `[1,`, `[,]`, `{,}`, `{1:2}`, `{"a" 1}`, `{"a":1 "b"}`, `[1 2]`, `tru`, `trux`, `truex`, `nul`, `fals3`, `nan`, `01`, `-`, `-x`, `1.`, `1.x`, `1e`, `1e+`, `1ex`, `+1`, `.5`, `"abc`, "\"a\nb\"", `"\x"`, `"\u12g4"`, `"\u12`, `"\`, `'a'`, `[1]]`, `{}}`, `1 2`, `"a" "b"`, `é`, "\x00", "\"\x00\"", `{"a":tru}`, `[1,2,{"x":[}]`, "[\n1,\n2,\nx]", `{"a":"b",'c':1}`, `// c`, "\xef\xbb\xbf{}", `[nulL]`, `-0`, `-01`, `0.0e-0`, `1E5`, `{"":""}`, `{"a":1;}`, "\xff", `"a` + "\x1f\"", `[true false]`, `"\"`} {
		var v any
		err := json.Unmarshal([]byte(src), &v)
		show(fmt.Sprintf("%q", src), fmt.Sprintf("%v", v), err)
		fmt.Println(json.Valid([]byte(src)))
		d := json.NewDecoder(strings.NewReader(src))
		for {
			var v any
			err := d.Decode(&v)
			show("  stream", v, err)
			if err != nil {
				fmt.Println("  off", d.InputOffset())
				break
			}
		}
		var buf bytes.Buffer
		err = json.Compact(&buf, []byte(src))
		fmt.Println("  compact", buf.String(), err)
		buf.Reset()
		err = json.Indent(&buf, []byte(src), "", " ")
		fmt.Println("  indent", buf.String(), err)
	}
	deep := strings.Repeat("[", 10001) + strings.Repeat("]", 10001)
	var v any
	show("deep", nil, json.Unmarshal([]byte(deep), &v))
	show("deep ok", nil, json.Unmarshal([]byte(deep[1:20001]), &v))
	show("nil", nil, json.Unmarshal([]byte("1"), nil))
	show("nonptr", nil, json.Unmarshal([]byte("1"), 5))
	show("nilptr", nil, json.Unmarshal([]byte("1"), (*int)(nil)))
	x := []int{1, 2, 3, 4}
	show("reuse", x, json.Unmarshal([]byte("[9]"), &x))
	fmt.Println(x, cap(x))
	mm := map[string]int{"keep": 1}
	json.Unmarshal([]byte(`{"new":2}`), &mm)
	fmt.Println(mm)
	var ifc any = &S{B: "kept"}
	json.Unmarshal([]byte(`{"a":4}`), &ifc)
	fmt.Printf("%T %+v\n", ifc, ifc.(*S).A)
	st := S{A: 1, B: "x"}
	st.P = &Base{ID: 5, Kind: "k"}
	json.Unmarshal([]byte(`{"P":{"Dup":3}}`), &st)
	fmt.Println(*st.P, st.A)

	d := json.NewDecoder(strings.NewReader(`{"a":1,"zzz":2} {"a":2} [1, {"b": [true, null, "s", 1.5e3]}, {}] nope`))
	d.DisallowUnknownFields()
	var s1 S
	show("unknown", nil, d.Decode(&s1))
	show("ok", nil, d.Decode(&s1))
	fmt.Println(s1.A, d.InputOffset(), d.More())
	for {
		t, err := d.Token()
		if err != nil {
			show("tok", nil, err)
			break
		}
		fmt.Printf("%T %v more=%v off=%d\n", t, t, d.More(), d.InputOffset())
	}
	d = json.NewDecoder(strings.NewReader(`{"items":[{"a":1},{"a":2},{"a":"x"},{"a":4}],"n":12345678901234567890}`))
	d.UseNumber()
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			show("tok", nil, err)
			break
		}
		fmt.Printf("%T %v\n", t, t)
		if t == json.Delim('[') {
			for d.More() {
				var s S
				err := d.Decode(&s)
				show("elem", s.A, err)
			}
		}
	}
	for _, src := range []string{`[1 2]`, `{"a" 1}`, `{"a":1 "b":2}`, `{1}`, `]`, `[}`, `{"a":]`, `[1,]`, `{"a":1,}`, `[1`, `{"a"`, `,`, `:`} {
		d := json.NewDecoder(strings.NewReader(src))
		fmt.Print(src, ": ")
		for {
			t, err := d.Token()
			if err != nil {
				show("tok", nil, err)
				break
			}
			fmt.Printf("%v ", t)
		}
	}
	d = json.NewDecoder(strings.NewReader("{\"x\":1}rest of it"))
	d.Decode(&v)
	rest, _ := io.ReadAll(d.Buffered())
	fmt.Printf("%q\n", rest)
	e := json.NewEncoder(os.Stdout)
	e.Encode(map[string]any{"a": "<b>", "t": Temp(1)})
	e.SetEscapeHTML(false)
	e.Encode(map[string]any{"a": "<b>&\u2028", "t": Temp(1), "q": struct {
		S string `json:"s<,string"`
	}{"<"}})
	e.SetIndent("--", "\t")
	e.Encode([]any{1, map[string]any{}, []int{}, map[string]any{"k": []any{nil}}})
	e.Encode(make(chan int))
	var hb bytes.Buffer
	json.HTMLEscape(&hb, []byte(`{"a":"<x>&`+"\u2029"+`"}`))
	fmt.Println(hb.String())
	fmt.Println(json.Delim('{'), reflect.TypeOf(json.Delim('{')), json.Number("5.5"))
	n := json.Number("5.5")
	i, err := n.Int64()
	f, err2 := n.Float64()
	fmt.Println(i, err, f, err2)
	pr, pw := io.Pipe()
	go func() {
		e := json.NewEncoder(pw)
		for i := range 3 {
			e.Encode(map[string]int{"i": i})
		}
		pw.Close()
	}()
	d = json.NewDecoder(pr)
	for d.More() {
		var m map[string]int
		fmt.Println(d.Decode(&m), m)
	}
	fmt.Println(d.Decode(&v))
}
