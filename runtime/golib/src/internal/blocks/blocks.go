// Package blocks is the inner loops of the crypto hashes. p is whole blocks.
package blocks

func MD5(state *[4]uint32, p []byte)
func SHA1(state *[5]uint32, p []byte)
func SHA256(state *[8]uint32, p []byte)
func SHA512(state *[8]uint64, p []byte)
