package main

import (
	"errors"
	"fmt"
	"strconv"
)

func main() {
	for _, s := range []string{"12", "-7", "x", "99999999999999999999", ""} {
		n, err := strconv.Atoi(s)
		fmt.Println(n, err)
	}
	f, err := strconv.ParseFloat("2.5e3", 64)
	fmt.Println(f, err)
	b, err := strconv.ParseBool("true")
	fmt.Println(b, err)
	n, err := strconv.ParseInt("-ff", 16, 64)
	fmt.Println(n, err)
	_, err = strconv.ParseInt("300", 10, 8)
	var ne *strconv.NumError
	if errors.As(err, &ne) {
		fmt.Println(ne.Func, ne.Num, errors.Is(err, strconv.ErrRange))
	}
	fmt.Println(strconv.Itoa(-45)+"!", strconv.Quote("a\tb"), strconv.FormatInt(255, 2), strconv.FormatFloat(1.5, 'f', 2, 64))
	fmt.Println(strconv.FormatBool(false), strconv.AppendInt(nil, 7, 10))
}
