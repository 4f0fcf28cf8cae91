package p

func f() { var unusedVariableWithAnExtremelyLongNameThatGoesOnAndOn, anotherOne int; undefined1(); undefined1(); undefined2() }
