package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const connections, request = 200, 64

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func tcpEcho(n int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go echo(client)
		}
	}()
	var servers [connections]net.Conn
	for i := range servers {
		servers[i], err = net.Dial("tcp", listener.Addr().String())
		must(err)
	}
	var wg sync.WaitGroup
	begun := time.Now()
	for _, server := range servers {
		wg.Go(func() {
			buffer := make([]byte, request)
			for range n {
				_, err := server.Write(buffer)
				must(err)
				_, err = io.ReadFull(server, buffer)
				must(err)
			}
			server.Close()
		})
	}
	wg.Wait()
	fmt.Printf("RESULT tcp_echo %.0f req/s\n", float64(connections*n)/time.Since(begun).Seconds())
}

func echo(client net.Conn) {
	buffer := make([]byte, request)
	for {
		if _, err := io.ReadFull(client, buffer); err != nil {
			client.Close()
			return
		}
		if _, err := client.Write(buffer); err != nil {
			return
		}
	}
}

// idleConns has connections that have each asked once and ask no more. Go itself raises the limit of descriptors.
func idleConns(n int) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	var answered atomic.Int64
	before := memory()
	begun := time.Now()
	clients := exec.Command("/proc/self/exe", "clients", listener.Addr().String(), strconv.Itoa(n))
	clients.Stderr = os.Stderr
	stdin, err := clients.StdinPipe()
	must(err)
	must(clients.Start())
	for range n {
		client, err := listener.Accept()
		must(err)
		go func() {
			buffer := make([]byte, request)
			for {
				length, err := client.Read(buffer)
				if err != nil {
					return
				}
				if _, err := client.Write(buffer[:length]); err != nil {
					return
				}
				answered.Add(1)
			}
		}()
	}
	for answered.Load() < int64(n) {
		time.Sleep(time.Millisecond)
	}
	created := time.Since(begun)
	time.Sleep(200 * time.Millisecond)
	before.report("idle_conns", n, created)
	stdin.Close()
	clients.Wait()
}

// clients connects and asks once, so many times, and then waits.
func clients(address, count string) {
	n, err := strconv.Atoi(count)
	must(err)
	var all []net.Conn
	buffer := make([]byte, request)
	for range n {
		server, err := net.Dial("tcp", address)
		must(err)
		_, err = server.Write(buffer)
		must(err)
		_, err = io.ReadFull(server, buffer)
		must(err)
		all = append(all, server)
	}
	os.Stdin.Read(buffer)
}
