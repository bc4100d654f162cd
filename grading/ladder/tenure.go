package ladder

import (
	"cmp"
	"slices"
)

// Spell is a time of employment. To is its last day, or zero while it goes on.
type Spell struct{ From, To Day }

// forever stands for the end of a spell that has none; no sum with it overflows.
const forever Day = 1 << 30

// past is the first day after the spell.
func (s Spell) past() Day {
	if s.To == 0 {
		return forever
	}
	return s.To + 1
}

// Rehire says what becomes of tenure when somebody comes back.
type Rehire struct {
	Policy    string `yaml:"policy"`     // continue or restart
	AfterDays int    `yaml:"after_days"` // restart only: shorter interruptions still continue; 0 and 1 mean none is shorter
}

// Policies of re-hire.
const (
	Continue = "continue"
	Restart  = "restart"
)

// Tenure is how long somebody has served in a tier, as far as the records say.
type Tenure struct {
	Since Day // the day from which it counts: the grant, or the latest re-hire that restarted it
	Days  int // days of service from Since to yesterday
	Away  int // days from Since to yesterday without employment
	Gate  Day // the day at whose beginning the months asked for are complete; zero when the records do not reach it
	Ends  Day // the last day of employment on record, when that is why there is no Gate
}

// Open reports whether the gate is open on a day.
func (t Tenure) Open(today Day) bool { return t.Gate != 0 && t.Gate <= today }

// Serve computes the tenure on a day in a tier granted on a day. The gate opens after as many days of service as n calendar
// months from the grant have days; days between spells are not of service and move it. Days to come are taken as the
// records have them.
func Serve(granted Day, months int, spells []Spell, rehire Rehire, today Day) Tenure {
	spells = tidy(spells)
	t := serve(granted, months, begun(spells, today), rehire, today)
	if !t.Open(today) {
		t.Gate, t.Ends = gate(start(granted, spells, rehire), months, spells)
	}
	return t
}

func serve(granted Day, months int, spells []Spell, rehire Rehire, today Day) Tenure {
	t := Tenure{Since: start(granted, spells, rehire)}
	for _, s := range spells {
		t.Days += int(max(0, min(s.past(), today)-max(s.From, t.Since)))
	}
	t.Away = int(max(0, today-t.Since)) - t.Days
	t.Gate, _ = gate(t.Since, months, spells)
	return t
}

// gate walks the spells until the service asked for is complete. Without a gate it tells the last day on record.
func gate(since Day, months int, spells []Spell) (opens, ends Day) {
	left := since.PlusMonths(months) - since
	for _, s := range spells {
		from := max(s.From, since)
		if served := s.past() - from; served > 0 {
			if served >= left {
				return min(from+left, lastDay), 0
			}
			left -= served
		}
		ends = s.To
	}
	return 0, ends
}

// start is the day from which tenure counts.
func start(granted Day, spells []Spell, rehire Rehire) Day {
	since := granted
	if rehire.Policy != Restart {
		return since
	}
	for i := 1; i < len(spells); i++ {
		if spells[i].From > granted && int(spells[i].From-spells[i-1].past()) >= rehire.AfterDays {
			since = spells[i].From
		}
	}
	return since
}

// tidy puts spells in order, joins those that touch or overlap and drops those that end before they begin.
func tidy(spells []Spell) []Spell {
	spells = slices.DeleteFunc(slices.Clone(spells), func(s Spell) bool { return s.From == 0 || s.past() <= s.From })
	slices.SortFunc(spells, func(a, b Spell) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.past(), b.past())) })
	var out []Spell
	for _, s := range spells {
		if n := len(out); n > 0 && s.From <= out[n-1].past() {
			if s.past() > out[n-1].past() {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// begun are the spells that have begun until a day.
func begun(spells []Spell, today Day) []Spell {
	return slices.DeleteFunc(slices.Clone(spells), func(s Spell) bool { return s.From > today })
}
