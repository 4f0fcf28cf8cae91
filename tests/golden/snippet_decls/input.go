// Point is a place.
type Point struct{ X, Y float64 }

// Abs is the distance from the origin.
func (p Point) Abs() float64 {
	return math.Sqrt(p.X*p.X + p.Y*p.Y)
}
