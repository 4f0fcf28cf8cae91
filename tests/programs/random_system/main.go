// crypto/rand: what can be said of numbers that nobody foretells.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
)

func main() {
	a, b := make([]byte, 32), make([]byte, 32)
	n, err := rand.Read(a)
	rand.Read(b)
	fmt.Println(n, err, bytes.Equal(a, b), len(hex.EncodeToString(a)))
	seen := map[string]bool{}
	for range 300 {
		v, err := rand.Int(rand.Reader, big.NewInt(10))
		if err != nil || v.Sign() < 0 || v.Cmp(big.NewInt(10)) >= 0 {
			fmt.Println("wrong", v, err)
		}
		seen[v.String()] = true
	}
	fmt.Println(len(seen))
	one, err := rand.Int(rand.Reader, big.NewInt(1))
	fmt.Println(one, err)
	text := rand.Text()
	fmt.Println(len(text), strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == "", text != rand.Text())
	p, err := rand.Prime(rand.Reader, 64)
	fmt.Println(p.BitLen(), p.ProbablyPrime(10), err)
	_, err = rand.Prime(rand.Reader, 1)
	fmt.Println(err)
	_, err = rand.Int(strings.NewReader(""), big.NewInt(100))
	fmt.Println(err)
	defer func() { fmt.Println(recover()) }()
	rand.Int(rand.Reader, new(big.Int))
}
