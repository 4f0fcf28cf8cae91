// Calendar, layouts, durations and zones over pseudo-random moments: sums of what package time says.
package main

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"
)

type generator uint64

func (g *generator) next() uint64 {
	*g += 0x9e3779b97f4a7c15
	z := uint64(*g)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (g *generator) below(n int) int { return int(g.next() % uint64(n)) }

type sum struct {
	name string
	hash uint64
	n    int
	buf  []byte
}

func (s *sum) add(parts ...any) {
	h := fnv.New64a()
	s.buf = fmt.Appendln(s.buf[:0], parts...)
	h.Write(s.buf)
	s.hash = s.hash*31 + h.Sum64()
	s.n++
}

func (s *sum) print() { fmt.Printf("%-14s %5d %016x\n", s.name, s.n, s.hash) }

func places() []*time.Location {
	list := []*time.Location{time.UTC, time.FixedZone("", 0), time.FixedZone("XYZ", 5*3600+30*60), time.FixedZone("", -(9*3600 + 17)),
		time.FixedZone("Far", 26*3600)}
	return list
}

// A moment between the years -200 and 12000, mostly near the present.
func (g *generator) moment(at []*time.Location) time.Time {
	var sec int64
	switch g.below(4) {
	case 0:
		sec = int64(g.next()%384_000_000_000) - 68_000_000_000
	default:
		sec = int64(g.next()%8_000_000_000) - 3_000_000_000
	}
	nsec := int64(0)
	if g.below(3) > 0 {
		nsec = int64(g.next() % 1_000_000_000)
		for range g.below(9) {
			nsec -= nsec % 10
			nsec /= 10
		}
	}
	return time.Unix(sec, nsec).In(at[g.below(len(at))])
}

func calendar(g *generator, at []*time.Location) {
	s := &sum{name: "calendar"}
	for range 3000 {
		t := g.moment(at)
		y, m, d := t.Date()
		h, min, sec := t.Clock()
		if back := time.Date(y, m, d, h, min, sec, t.Nanosecond(), t.Location()); !back.Equal(t) {
			fmt.Println("not the same:", t, back)
		}
		week, day := t.ISOWeek()
		s.add(y, m, d, h, min, sec, t.Weekday(), t.YearDay(), week, day, t.Unix(), t.UnixMilli(), t.UnixMicro(), t.UnixNano())
		u := time.Date(y+g.below(40)-20, time.Month(g.below(60)-20), g.below(1000)-400, g.below(200)-90, g.below(1000)-500, g.below(10000)-5000, g.below(1<<40)-1<<39, at[g.below(len(at))])
		s.add(u, t.AddDate(g.below(20)-10, g.below(30)-15, g.below(100)-50), t.Sub(u), u.Sub(t), t.Compare(u), t.Before(u), t.Equal(u))
		unit := time.Duration(1 + g.next()>>(1+g.below(60)))
		s.add(t.Truncate(unit), t.Round(unit), t.Add(unit), t.Add(-unit), unit)
		name, offset := t.Zone()
		s.add(name, offset, t.IsDST(), t.IsZero(), t.UTC(), t.GoString())
	}
	s.print()
}

func layouts(g *generator, at []*time.Location) {
	all := []string{time.Layout, time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123,
		time.RFC1123Z, time.RFC3339, time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli, time.StampMicro, time.StampNano,
		time.DateTime, time.DateOnly, time.TimeOnly}
	pieces := []string{"January", "Jan", "1", "01", "Monday", "Mon", "2", "_2", "02", "__2", "002", "15", "3", "03", "4", "04", "5", "05",
		"2006", "06", "PM", "pm", "MST", "Z0700", "Z070000", "Z07", "Z07:00", "Z07:00:00", "-0700", "-070000", "-07", "-07:00",
		"-07:00:00", ".000", ".999", ",000000", ",99", ".0", " ", "/", "T", "x", "at", ":"}
	formats, parses := &sum{name: "formats"}, &sum{name: "parses"}
	good := 0
	for i := range 12000 {
		layout := all[i%len(all)]
		if i%2 == 0 {
			var b strings.Builder
			for range 1 + g.below(8) {
				b.WriteString(pieces[g.below(len(pieces))])
				if g.below(2) == 0 {
					b.WriteByte(' ')
				}
			}
			layout = b.String()
		}
		t := g.moment(at)
		text := t.Format(layout)
		formats.add(text)
		for range 2 {
			back, err := time.Parse(layout, text)
			parses.add(back, err)
			if err == nil {
				good++
			}
			back, err = time.ParseInLocation(layout, text, at[g.below(len(at))])
			parses.add(back, err)
			// damage it
			b := []byte(text)
			if len(b) > 0 {
				switch at := g.below(len(b)); g.below(3) {
				case 0:
					b[at] = "0123456789 :-+.ZAPMjan"[g.below(22)]
				case 1:
					b = append(b[:at], b[at+1:]...)
				default:
					b = append(b, b[at])
				}
			}
			text = string(b)
		}
	}
	formats.print()
	parses.print()
	fmt.Println("parsed", good)
}

func durations(g *generator) {
	s := &sum{name: "durations"}
	for range 6000 {
		d := time.Duration(int64(g.next()) >> g.below(64))
		back, err := time.ParseDuration(d.String())
		if back != d || err != nil {
			fmt.Println("not the same:", d, back, err)
		}
		unit := time.Duration(g.next() >> (1 + g.below(63)))
		s.add(d, d.Truncate(unit), d.Round(unit), d.Abs(), d.Hours(), d.Minutes(), d.Seconds(), d.Milliseconds(), d.Microseconds())
		var b strings.Builder
		for range 1 + g.below(6) {
			b.WriteString([]string{"-", "+", "1", "23", "456", ".", ".5", "0", "h", "m", "s", "ms", "us", "µs", "μs", "ns", "x", "9223372036854775807"}[g.below(18)])
		}
		back, err = time.ParseDuration(b.String())
		s.add(back, err)
	}
	s.print()
}

func bytes(g *generator, at []*time.Location) {
	s := &sum{name: "bytes"}
	for range 3000 {
		t := g.moment(at)
		b, err := t.MarshalBinary()
		s.add(b, err)
		var u time.Time
		err = u.UnmarshalBinary(b)
		s.add(u.UTC(), err, u.Equal(t) || err != nil || len(b) == 0)
		if len(b) > 0 {
			b[g.below(len(b))] = byte(g.next())
			b = b[:len(b)-g.below(2)]
		}
		err = u.GobDecode(b)
		s.add(u.UTC(), err)
		text, err := t.MarshalText()
		s.add(string(text), err)
		err = u.UnmarshalText(text)
		s.add(u, err)
		text, err = t.MarshalJSON()
		s.add(string(text), err)
		if len(text) > 2 {
			text[g.below(len(text))] = "0123456789:-Z+.,"[g.below(16)]
		}
		err = u.UnmarshalJSON(text)
		s.add(u, err)
		more, err := t.AppendText([]byte("at "))
		s.add(string(more), err)
	}
	s.print()
	var t time.Time
	fmt.Println(t.UnmarshalJSON([]byte("null")), t.UnmarshalJSON([]byte("{}")), t.UnmarshalText([]byte("2020-01-01T25:00:00Z")), t.UnmarshalBinary(nil))
	fmt.Printf("%#v %#v\n", time.Date(2009, time.February, 5, 5, 0, 57, 12345600, time.UTC), time.Unix(0, 0).In(time.FixedZone(`a "b"`, 60)))
}

// A zone file of our own: three zones, some changes, and a rule for what comes after.
func zoneFile(rule string) []byte {
	be := func(b []byte, v int64, n int) []byte {
		for i := n - 1; i >= 0; i-- {
			b = append(b, byte(v>>(8*i)))
		}
		return b
	}
	part := func(width int) []byte {
		b := append([]byte("TZif2"), make([]byte, 15)...)
		changes := []int64{-1_500_000_000, -1_000_000_000, 0, 300_000_000, 317_000_000, 900_000_000, 916_000_000}
		for _, n := range []int{0, 0, 0, len(changes), 3, 12} {
			b = be(b, int64(n), 4)
		}
		for _, c := range changes {
			b = be(b, c, width)
		}
		b = append(b, 1, 0, 1, 2, 1, 2, 1)
		b = append(be(b, 3161, 4), 0, 0)
		b = append(be(b, 3600, 4), 0, 4)
		b = append(be(b, 7200, 4), 1, 8)
		return append(b, "LMT\x00CET\x00EST\x00"...)
	}
	return append(append(part(4), part(8)...), "\n"+rule+"\n"...)
}

func zones(g *generator) {
	rules := []string{"CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "AEST-10AEDT,M10.1.0,M4.1.0/3", "<+0330>-3:30", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
		"IST-1GMT0,M10.5.0,M3.5.0/1", "XXX3YYY,J60/25,300", "AAA-5:45:15", "", "bad", "EET-2EEST,M3.5.5/0,M10.5.5/0", "UTC0"}
	for _, rule := range rules {
		s := &sum{name: "zone " + rule[:min(len(rule), 8)]}
		loc, err := time.LoadLocationFromTZData("Some/Where", zoneFile(rule))
		if err != nil {
			fmt.Println(rule, err)
			continue
		}
		for range 600 {
			t := time.Unix(int64(g.next()%8_000_000_000)-2_500_000_000, 0).In(loc)
			start, end := t.ZoneBounds()
			s.add(t, t.IsDST(), start, end)
			y, m, d := t.Date()
			u := time.Date(y, m, d+g.below(3)-1, g.below(24), g.below(60), 0, 0, loc)
			s.add(u, u.Unix())
			back, err := time.ParseInLocation("2006-01-02 15:04 MST", u.Format("2006-01-02 15:04 MST"), loc)
			s.add(back, err)
			back, err = time.ParseInLocation("2006-01-02 15:04", u.Format("2006-01-02 15:04"), loc)
			s.add(back, err)
		}
		s.print()
	}
	data := zoneFile("UTC0")
	for i := range 40 {
		_, err := time.LoadLocationFromTZData("x", data[:i*len(data)/40])
		fmt.Print(err != nil, " ")
	}
	fmt.Println()
	_, err := time.LoadLocation("No/Where")
	fmt.Println(err)
	_, err = time.LoadLocation("../x")
	fmt.Println(err)
}

func main() {
	g := generator(1970)
	at := places()
	calendar(&g, at)
	layouts(&g, at)
	durations(&g)
	bytes(&g, at)
	zones(&g)
}
