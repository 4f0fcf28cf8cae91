package p

const a int8 = 128
const b uint8 = -1
const c = 1 << 600
const d int64 = 1 << 63
const e float32 = 1e39
const g byte = 'a' + 200
const h int = 1.5
const i = int8(200)
const j = uint8(255) + 1
const k = -uint8(1)
const l = ^uint8(0) << 1
const m string = 65
const n = len("abc") + 0.5
