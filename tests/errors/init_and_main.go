package main

var init = 1

func main(x int) int { return x }
