// Package crc32 has 32-bit cyclic redundancy checks.
package crc32

import "hash"

const (
	IEEE       = 0xedb88320
	Castagnoli = 0x82f63b78
	Koopman    = 0xeb31d82e
	Size       = 4
)

type Table [256]uint32

var IEEETable *Table

func Checksum(data []byte, tab *Table) uint32
func ChecksumIEEE(data []byte) uint32
func MakeTable(poly uint32) *Table
func New(tab *Table) hash.Hash32
func NewIEEE() hash.Hash32
func Update(crc uint32, tab *Table, p []byte) uint32
