package ladder

import "time"

// Day is a calendar day of the shop, counted so that 1 is 0001-01-01. The zero Day means that there is none.
type Day int

const (
	epoch   = 719_163   // 1970-01-01
	lastDay = 3_652_059 // 9999-12-31
	day     = 24 * 60 * 60
)

// ParseDay reads yyyy-mm-dd. It is false for what is no day of the calendar.
func ParseDay(text string) (Day, bool) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1 {
		return 0, false
	}
	return civil(t.Date()), true
}

// String is yyyy-mm-dd, or nothing for the zero Day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Midnight().Format(time.DateOnly)
}

// Midnight is the begin of the day in UTC, for what carries a day as a time. It says nothing about the shop's zone.
func (d Day) Midnight() time.Time { return time.Unix(int64(d-epoch)*day, 0).UTC() }

// PlusMonths is the same day n calendar months later, or the last day of that month where it has no such day.
// What would lie beyond 9999 is its last day.
func (d Day) PlusMonths(n int) Day {
	year, month, date := d.Midnight().Date()
	last := time.Date(year, month+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	if last.Year() > 9999 {
		return lastDay
	}
	return civil(last.Year(), last.Month(), min(date, last.Day()))
}

func civil(year int, month time.Month, date int) Day {
	return Day(time.Date(year, month, date, 0, 0, 0, 0, time.UTC).Unix()/day) + epoch
}
