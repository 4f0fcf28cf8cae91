// Prints the table of times that tests/times.rs makes, and the tables' FNV-1a hashes to stderr.
package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"os"
	"time"
)

var state uint64 = 1

func next() uint64 {
	state = state*6364136223846793005 + 1442695040888963407
	return state ^ state>>29
}

var out bytes.Buffer

func line(s string) { out.WriteString(s); out.WriteByte('\n') }

func finish(name string) {
	h := fnv.New64a()
	h.Write(out.Bytes())
	fmt.Fprintf(os.Stderr, "%s %#x\n", name, h.Sum64())
	if len(os.Args) > 1 && os.Args[1] == name {
		os.Stdout.Write(out.Bytes())
	}
	out.Reset()
	state = 1
}

var layouts = []string{
	time.Layout, time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123, time.RFC1123Z,
	time.RFC3339, time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli, time.StampMicro, time.StampNano, time.DateTime,
	time.DateOnly, time.TimeOnly, "002 __2 _2 _2006 2 1 3pm 4 5 .00 ,999 06", "Z0700 Z07 -07 -07:00:00 Z07:00:00 -070000 Z070000",
	"Janus Monk January Monday Jan Mon 15h05 .000000000001", "2006-01-02T15:04:05.999999999 -0700 MST",
}

var zones = []*time.Location{time.UTC, time.FixedZone("X", 3600), time.FixedZone("", -12600), time.FixedZone("ODD", -3723)}

func moment(i int) time.Time {
	a, b := next(), next()
	var sec int64
	switch i % 4 {
	case 0:
		sec = int64(a % 4000000000)
	case 1:
		sec = int64(a%400000000000) - 200000000000
	case 2:
		sec = int64(a%100000) * 86400
	default:
		sec = -62135596800 + int64(a%1000) - 500
	}
	nsec := int64(b % 1000000000)
	if i%5 == 0 {
		nsec = int64(b%1000) * 1000000
	}
	return time.Unix(sec, nsec).In(zones[i%len(zones)])
}

func errText(err error) string {
	if err == nil {
		return "<nil>"
	}
	return err.Error()
}

func fields(t time.Time) string {
	y, w := t.ISOWeek()
	name, offset := t.Zone()
	return fmt.Sprint(t.Unix(), " ", t.Nanosecond(), " ", t.Year(), " ", int(t.Month()), " ", t.Day(), " ", t.Hour(), " ", t.Minute(), " ", t.Second(), " ",
		int(t.Weekday()), " ", t.YearDay(), " ", y, " ", w, " ", name, " ", offset, " ", t.UnixNano(), " ", t.UnixMilli(), " ", t.UnixMicro(), " ", t.IsZero(), " ", t.String())
}

func main() {
	for i := 0; i < 2000; i++ {
		t := moment(i)
		line(fields(t))
		line(t.Format(layouts[i%len(layouts)]))
	}
	finish("format")

	for i := 0; i < 2000; i++ {
		t, u := moment(i), moment(i+1)
		d := time.Duration(next())
		if i%2 == 0 {
			d %= 1e15
		}
		a, b, c := int(next()%50)-25, int(next()%100)-50, int(next()%1000)-500
		line(fields(t.Add(d)))
		line(t.Sub(u).String())
		line(fields(t.AddDate(a, b, c)))
		line(fields(t.Truncate(d)))
		line(fields(t.Round(d)))
		line(fmt.Sprint(t.Before(u), t.After(u), t.Equal(u), t.Compare(u)))
		line(fields(time.Date(a*100, time.Month(b), c, a*7, b*31, c*17, a*123456789, zones[i%4])))
		line(d.Round(time.Duration(next() % 1e12)).String() + " " + d.Truncate(time.Duration(next()%1e12)).String())
	}
	finish("arithmetic")

	for i := 0; i < 6000; i++ {
		t := moment(i * 3)
		layout := layouts[next()%uint64(len(layouts))]
		text := []byte(t.Format(layout))
		if i%3 != 0 && len(text) > 0 {
			for n := next() % 3; n > 0; n-- {
				at := next() % uint64(len(text))
				switch next() % 4 {
				case 0:
					text[at] = '0' + byte(next()%10)
				case 1:
					text[at] = " -+:.,TZaPX\x01"[next()%12]
				case 2:
					text = append(text, text[at])
				default:
					text = append(text[:at:at], text[at+1:]...)
					if len(text) == 0 {
						text = append(text, '7')
					}
				}
			}
		}
		u, err := time.ParseInLocation(layout, string(text), zones[i%len(zones)])
		line(fmt.Sprintf("%s %s %s", text, fields(u), errText(err)))
	}
	finish("parse")

	for _, name := range []string{"Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "America/St_Johns", "", "UTC", "No/Where", "../x", "/etc"} {
		loc, err := time.LoadLocation(name)
		line(name + " " + errText(err))
		if err != nil {
			continue
		}
		line(loc.String())
		for i := 0; i < 300; i++ {
			sec := int64(next() % 4000000000)
			t := time.Unix(sec, 0).In(loc)
			line(fields(t) + " " + fmt.Sprint(t.IsDST()))
			line(fields(time.Date(1970+i, time.March, 31-i%7, i%24, i%60, 0, 0, loc)))
			line(fields(time.Date(1970+i, time.October, 31-i%7, i%24, i%60, 0, 0, loc)))
			u, err := time.ParseInLocation(time.RFC1123, t.Format(time.RFC1123), loc)
			line(fields(u) + errText(err))
			u, err = time.ParseInLocation(time.RFC1123Z, t.Format(time.RFC1123Z), loc)
			line(fields(u) + errText(err))
		}
	}
	finish("zones")
}
