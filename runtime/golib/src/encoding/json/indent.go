package json

import "bytes"

// HTMLEscape appends src with what HTML and JavaScript would take for their own written as escapes.
func HTMLEscape(dst *bytes.Buffer, src []byte) {
	dst.Write(appendEscaped(nil, src))
}

func appendEscaped(dst, src []byte) []byte {
	from := 0
	for i, c := range src {
		switch {
		case c == '<' || c == '>' || c == '&':
			dst = append(dst, src[from:i]...)
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			from = i + 1
		case c == 0xe2 && i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xa8:
			dst = append(dst, src[from:i]...)
			dst = append(dst, '\\', 'u', '2', '0', '2', hexDigits[src[i+2]&15])
			from = i + 3
		}
	}
	return append(dst, src[from:]...)
}

// Compact appends src without the space that means nothing.
func Compact(dst *bytes.Buffer, src []byte) error {
	if err := checkAs(src, "value"); err != nil {
		return err
	}
	dst.Write(appendCompact(nil, src))
	return nil
}

// src is JSON.
func appendCompact(dst, src []byte) []byte {
	inString := false
	for i := 0; i < len(src); i++ {
		c := src[i]
		if !inString && isSpace(c) {
			continue
		}
		dst = append(dst, c)
		switch {
		case c == '"':
			inString = !inString
		case c == '\\':
			i++
			dst = append(dst, src[i])
		}
	}
	return dst
}

// Indent appends src with each element on a line of its own, which begins with prefix and as many indents as it lies deep.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	if err := checkAs(src, "value"); err != nil {
		return err
	}
	dst.Write(appendIndent(nil, src, prefix, indent))
	return nil
}

// src is JSON. Space behind it stays.
func appendIndent(dst, src []byte, prefix, indent string) []byte {
	depth := 0
	line := func() {
		dst = append(dst, '\n')
		dst = append(dst, prefix...)
		for range depth {
			dst = append(dst, indent...)
		}
	}
	end := len(bytes.TrimRight(src, " \t\r\n"))
	for i := 0; i < end; i++ {
		switch c := src[i]; {
		case isSpace(c):
		case c == '"':
			from := i
			for i++; src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
			dst = append(dst, src[from:i+1]...)
		case c == '{' || c == '[':
			dst = append(dst, c)
			next := i + 1
			for isSpace(src[next]) {
				next++
			}
			if src[next] == c+2 {
				dst = append(dst, c+2)
				i = next
				continue
			}
			depth++
			line()
		case c == '}' || c == ']':
			depth--
			line()
			dst = append(dst, c)
		case c == ',':
			dst = append(dst, c)
			line()
		case c == ':':
			dst = append(dst, ':', ' ')
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, src[end:]...)
}
