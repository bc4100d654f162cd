package discourse

import "strings"

// simplify maps traditional and variant characters to simplified ones.
var simplify = pairs(simplified)

// lookalike maps letters of other scripts, and other brackets and marks, to the one that readers take them for.
var lookalike = pairs(strings.ReplaceAll("аa сc еe оo рp хx уy іi ѕs јj һh ԁd вb кk мm нh тt ѵv ԝw "+
	"οo αa βb εe ιi κk νv ρp τt υu χx ωw ɡg ıi ɑa "+
	"‘“ ’” 「“ 」” 『“ 』” 《“ 》” 〈“ 〉” 【“ 】” ＂\" 〜~ ∼~ ·. •. ‧. ・. ∶: ", " ", ""))

func pairs(table string) map[rune]rune {
	m := make(map[rune]rune, len(table)/6)
	var first rune
	for i, r := range []rune(table) {
		if i%2 == 0 {
			first = r
		} else {
			m[first] = r
		}
	}
	return m
}
