package ladder

import (
	"fmt"
	"strconv"
	"strings"
)

// The almanac is a second calendar for the tests. It knows nothing of package time or of Day: it counts on its fingers, one
// day after the other, and is slow and plain on purpose.

type date struct{ year, month, day int }

func read(text string) date {
	parts := strings.Split(text, "-")
	number := func(i int) int {
		n, err := strconv.Atoi(parts[i])
		if err != nil {
			panic(err)
		}
		return n
	}
	return date{number(0), number(1), number(2)}
}

func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%400 == 0 || year%4 == 0 && year%100 != 0 {
			return 29
		}
		return 28
	}
	return 31
}

func (d date) tomorrow() date {
	d.day++
	if d.day > daysIn(d.year, d.month) {
		d.day, d.month = 1, d.month+1
	}
	if d.month > 12 {
		d.month, d.year = 1, d.year+1
	}
	return d
}

func (d date) before(o date) bool {
	return d.year < o.year || d.year == o.year && (d.month < o.month || d.month == o.month && d.day < o.day)
}

// later is the same day so many months on, one month after the other.
func (d date) later(months int) date {
	year, month := d.year, d.month
	for range months {
		if month++; month > 12 {
			month, year = 1, year+1
		}
	}
	day := d.day
	for day > daysIn(year, month) {
		day--
	}
	return date{year, month, day}
}

// stint is a time of employment; to is "" while it goes on.
type stint struct{ from, to string }

func (s stint) covers(d date) bool {
	return !d.before(read(s.from)) && (s.to == "" || !read(s.to).before(d))
}

func employed(stints []stint, d date) bool {
	for _, s := range stints {
		if s.covers(d) {
			return true
		}
	}
	return false
}

// served counts days of employment from the first day to the day before the last.
func served(stints []stint, from, until date) int {
	n := 0
	for d := from; d.before(until); d = d.tomorrow() {
		if employed(stints, d) {
			n++
		}
	}
	return n
}

// countsFrom walks from the grant and begins anew on every first day back, when re-hire restarts. A break is as long as it
// is without employment; who was never employed before has no break.
func countsFrom(stints []stint, granted, horizon date, restartAfter int) date {
	since := granted
	if restartAfter == 0 {
		return since
	}
	first := granted
	for _, s := range stints {
		if f := read(s.from); f.before(first) {
			first = f
		}
	}
	worked, away := false, 0
	for d := first; d.before(horizon); d = d.tomorrow() {
		switch {
		case !employed(stints, d):
			away++
		case worked && away >= restartAfter && granted.before(d):
			since, away = d, 0
		default:
			worked, away = true, 0
		}
	}
	return since
}

// opening counts days of service until there are as many as the months from since have days; "" when that never comes.
func opening(stints []stint, since date, months int) string {
	left := 0
	for d := since; d.before(since.later(months)); d = d.tomorrow() {
		left++
	}
	for d, idle := since, 0; idle < 20_000; d = d.tomorrow() {
		if left == 0 {
			return d.String()
		}
		if employed(stints, d) {
			left--
			idle = 0
		} else {
			idle++
		}
	}
	return ""
}

// finger is the tenure as the almanac counts it. restartAfter 0 means that re-hire continues.
func finger(granted string, months int, stints []stint, restartAfter int, today string) (since string, days int, gate string) {
	now := read(today)
	var begun []stint
	for _, s := range stints {
		if !now.before(read(s.from)) {
			begun = append(begun, s)
		}
	}
	from := countsFrom(begun, read(granted), now.tomorrow(), restartAfter)
	gate = opening(begun, from, months)
	if gate == "" || now.before(read(gate)) {
		end := now
		for _, s := range stints {
			if f := read(s.from).tomorrow(); end.before(f) {
				end = f
			}
		}
		gate = opening(stints, countsFrom(stints, read(granted), end.tomorrow(), restartAfter), months)
	}
	return from.String(), served(begun, from, now), gate
}
