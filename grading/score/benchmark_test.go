package score

import "testing"

func BenchmarkGradeAStoredChat(b *testing.B) {
	e := shipped(b)
	in := ranked(b)[0].Input()
	in.Case.Chat = e.Lexicon.ReadChat(in.Case.Chat.Turns)
	b.ReportAllocs()
	for b.Loop() {
		e.Grade(in)
	}
}

func BenchmarkGradeAWholeChat(b *testing.B) {
	e := shipped(b)
	in := ranked(b)[0].Input()
	b.ReportAllocs()
	for b.Loop() {
		e.Grade(in)
	}
}
