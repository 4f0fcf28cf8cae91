package json

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A field is one that JSON shows of a struct, maybe of one that is embedded in it.
type field struct {
	name      string
	key       []byte // `"name":` as it is written, and the same for HTML
	htmlKey   []byte
	index     []int
	typ       reflect.Type
	tagged    bool
	omitEmpty bool
	omitZero  bool
	quoted    bool
}

type structFields struct {
	list   []field
	byName map[string]*field
	// The first one for each folded name.
	byFold map[string]*field
}

var known sync.Map // reflect.Type to *structFields

func fieldsOf(t reflect.Type) *structFields {
	if f, ok := known.Load(t); ok {
		return f.(*structFields)
	}
	f, _ := known.LoadOrStore(t, findFields(t))
	return f.(*structFields)
}

// find looks for the exact name first.
func (s *structFields) find(name string) *field {
	if f := s.byName[name]; f != nil {
		return f
	}
	return s.byFold[fold(name)]
}

// fold makes names equal that differ in case only.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		// The smallest of all that are the same letter.
		for {
			next := unicode.SimpleFold(r)
			if next <= r {
				return next
			}
			r = next
		}
	}, name)
}

type embedded struct {
	typ   reflect.Type
	index []int
}

func findFields(t reflect.Type) *structFields {
	var all []field
	seen := map[reflect.Type]bool{}
	level := []embedded{{typ: t}}
	for len(level) > 0 {
		var next []embedded
		// A type that lies in a level twice hides its fields, but not what else is there.
		count := map[reflect.Type]int{}
		for _, e := range level {
			count[e.typ]++
		}
		done := map[reflect.Type]bool{}
		for _, e := range level {
			if seen[e.typ] || done[e.typ] {
				continue
			}
			done[e.typ] = true
			for i := range e.typ.NumField() {
				sf := e.typ.Field(i)
				inner := sf.Type
				if sf.Anonymous {
					if inner.Name() == "" && inner.Kind() == reflect.Pointer {
						inner = inner.Elem()
					}
					if !sf.IsExported() && inner.Kind() != reflect.Struct {
						continue
					}
				} else if !sf.IsExported() {
					continue
				}
				tag := sf.Tag.Get("json")
				if tag == "-" {
					continue
				}
				name, options, _ := strings.Cut(tag, ",")
				// What JSON could not have without an escape ends a name.
				if end := strings.IndexAny(name, "\\'\"`"); end >= 0 {
					name = name[:end]
				}
				f := field{name: name, typ: sf.Type, tagged: name != "", index: append(slices.Clone(e.index), i)}
				for option := range strings.SplitSeq(options, ",") {
					switch option {
					case "omitempty":
						f.omitEmpty = true
					case "omitzero":
						f.omitZero = true
					case "string":
						f.quoted = canQuote(sf.Type)
					}
				}
				if name == "" && sf.Anonymous && inner.Kind() == reflect.Struct {
					next = append(next, embedded{inner, f.index})
					continue
				}
				if name == "" {
					f.name = sf.Name
				}
				all = append(all, f)
				if count[e.typ] > 1 {
					all = append(all, f)
				}
			}
		}
		for t := range done {
			seen[t] = true
		}
		level = next
	}
	return structFields{}.with(dominant(all))
}

func canQuote(t reflect.Type) bool {
	if t.Name() == "" && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	k := t.Kind()
	return k >= reflect.Bool && k <= reflect.Float64 || k == reflect.String
}

// dominant keeps of each name the one that lies highest, or the only one with a tag there.
func dominant(all []field) []field {
	groups := map[string][]field{}
	for _, f := range all {
		groups[f.name] = append(groups[f.name], f)
	}
	var kept []field
	for _, group := range groups {
		slices.SortStableFunc(group, func(a, b field) int {
			if d := len(a.index) - len(b.index); d != 0 {
				return d
			}
			return rank(a) - rank(b)
		})
		if len(group) == 1 || len(group[0].index) < len(group[1].index) || group[0].tagged != group[1].tagged {
			kept = append(kept, group[0])
		}
	}
	slices.SortFunc(kept, func(a, b field) int { return slices.Compare(a.index, b.index) })
	return kept
}

func rank(f field) int {
	if f.tagged {
		return 0
	}
	return 1
}

func (s structFields) with(list []field) *structFields {
	s.list = list
	s.byName = make(map[string]*field, len(list))
	s.byFold = make(map[string]*field, len(list))
	for i := range list {
		f := &list[i]
		f.key = append(appendString(nil, f.name, false), ':')
		f.htmlKey = append(appendString(nil, f.name, true), ':')
		s.byName[f.name] = f
		if folded := fold(f.name); s.byFold[folded] == nil {
			s.byFold[folded] = f
		}
	}
	return &s
}
