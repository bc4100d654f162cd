package roster

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// Tiers are the tiers from the lowest to the highest. Everybody has the first one without a grant.
var Tiers = []string{"none", "junior", "intermediate", "senior"}

// Where a grant comes from.
const (
	OriginPast     = "past"     // granted before this program was in use
	OriginDecision = "decision" // decided here
)

// Length of the evidence of a grant in characters.
const (
	evidenceMin = 5
	evidenceMax = 1000
)

// Spell is one time of employment. Days are calendar days of the shop, YYYY-MM-DD.
type Spell struct {
	ID, From string
	To       string // last day; empty while employed
}

// Grant is a tier that was given to a person.
type Grant struct {
	ID, Tier   string
	On         string // YYYY-MM-DD
	Origin     string // OriginPast or OriginDecision
	Evidence   string
	RecordedBy string // name
	RecordedAt time.Time
}

// Career is what tenure is reckoned from.
type Career struct {
	Spells []Spell // by first day
	Grants []Grant // by day
}

func checkDay(text string) error {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.Year() < 1970 || day.Year() > 2100 {
		return fault.New(fault.Invalid, "date_invalid", fault.Params{"date": text})
	}
	return nil
}

// Today is the shop's calendar day, YYYY-MM-DD.
func (s *Service) Today(ctx context.Context) (string, error) {
	now, err := s.journal.Now(ctx)
	return now.In(s.zone).Format(time.DateOnly), err
}

// RecordSpell records the first day of an employment, or with to also its last. An open spell with the same first day is
// closed; saying what is recorded already changes nothing. Only HR does this, for others. Faults: not_permitted,
// self_record, person_unknown, date_invalid, spell_reversed, spell_overlaps, spell_closed.
func (s *Service) RecordSpell(ctx context.Context, actor Actor, personID, from, to string) (Detail, error) {
	if err := recorder(actor, personID); err != nil {
		return Detail{}, err
	}
	err := s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), personID, true)
		if err != nil {
			return err
		}
		changed, err := writeSpell(u, actor, personID, from, to)
		if err != nil || !changed {
			return err
		}
		return save(u, row, actor.PersonID, "spell.recorded", map[string]string{"from": from, "to": to})
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Look(ctx, actor, personID)
}

// recorder lets HR write about others.
func recorder(actor Actor, person string) error {
	if !actor.Has(HR) {
		return notPermitted()
	}
	if self(actor, person) {
		return fault.New(fault.Forbidden, "self_record", nil)
	}
	return nil
}

// writeSpell enters a spell of a person whose row is held.
func writeSpell(u *journal.Unit, actor Actor, person, from, to string) (changed bool, err error) {
	if err := checkDay(from); err != nil {
		return false, err
	}
	var last *string
	if to != "" {
		if err := checkDay(to); err != nil {
			return false, err
		}
		if to < from {
			return false, fault.New(fault.Invalid, "spell_reversed", fault.Params{"from": from, "to": to})
		}
		last = &to
	}
	var spells []spellRow
	if err := u.DB().Where("person_id = ?", person).Find(&spells).Error; err != nil {
		return false, fmt.Errorf("read employment: %w", err)
	}
	for _, old := range spells {
		if old.FromDay == from {
			continue
		}
		if (old.ToDay == nil || from <= *old.ToDay) && (last == nil || old.FromDay <= *last) {
			return false, fault.New(fault.Conflict, "spell_overlaps", fault.Params{"from": old.FromDay})
		}
	}
	at := slices.IndexFunc(spells, func(r spellRow) bool { return r.FromDay == from })
	if at < 0 {
		made := spellRow{ID: u.NewID(), PersonID: person, FromDay: from, ToDay: last, RecordedBy: by(actor.PersonID), RecordedAt: u.Now()}
		if err := u.DB().Create(&made).Error; err != nil {
			return false, fmt.Errorf("write employment: %w", err)
		}
		return true, nil
	}
	return closeSpell(u, spells[at], last)
}

func closeSpell(u *journal.Unit, old spellRow, last *string) (changed bool, err error) {
	switch {
	case last == nil && old.ToDay == nil, last != nil && old.ToDay != nil && *last == *old.ToDay:
		return false, nil
	case old.ToDay != nil:
		return false, fault.New(fault.Conflict, "spell_closed", fault.Params{"to": *old.ToDay})
	}
	if err := u.DB().Model(&spellRow{}).Where("id = ?", old.ID).Update("to_day", *last).Error; err != nil {
		return false, fmt.Errorf("close employment: %w", err)
	}
	return true, nil
}

// RecordGrant enters a tier that was granted before this program was in use. The person's tier becomes the highest one
// granted. Only HR does this, for others. Faults: not_permitted, self_record, person_unknown, tier_unknown,
// evidence_invalid, date_invalid, grant_in_future, spell_missing, grant_before_spell, grant_known.
func (s *Service) RecordGrant(ctx context.Context, actor Actor, personID, tier, on, evidence string) (Detail, error) {
	if err := recorder(actor, personID); err != nil {
		return Detail{}, err
	}
	evidence = strings.TrimSpace(evidence)
	if err := checkGrant(tier, on, evidence); err != nil {
		return Detail{}, err
	}
	err := s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), personID, true)
		if err != nil {
			return err
		}
		if on > u.Now().In(s.zone).Format(time.DateOnly) {
			return fault.New(fault.Invalid, "grant_in_future", fault.Params{"date": on})
		}
		made := grantRow{
			ID: u.NewID(), PersonID: personID, Tier: tier, OnDay: on, Origin: OriginPast, Evidence: evidence,
			RecordedBy: by(actor.PersonID), RecordedAt: u.Now(),
		}
		if row.Tier, err = writeGrant(u, made); err != nil {
			return err
		}
		return save(u, row, actor.PersonID, "grant.recorded", map[string]string{
			"tier": tier, "on": on, "evidence": evidence, "origin": OriginPast,
		})
	})
	if err != nil {
		return Detail{}, err
	}
	return s.Look(ctx, actor, personID)
}

func checkGrant(tier, on, evidence string) error {
	if slices.Index(Tiers, tier) < 1 {
		return fault.New(fault.Invalid, "tier_unknown", fault.Params{"tier": tier})
	}
	n := utf8.RuneCountInString(evidence)
	strange := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }
	if n < evidenceMin || n > evidenceMax || !utf8.ValidString(evidence) || strings.ContainsFunc(evidence, strange) {
		return fault.New(fault.Invalid, "evidence_invalid", fault.Params{"least": evidenceMin, "limit": evidenceMax})
	}
	return checkDay(on)
}

// writeGrant enters a grant of a person whose row is held, and returns the highest tier granted.
func writeGrant(u *journal.Unit, made grantRow) (highest string, err error) {
	var first spellRow
	err = u.DB().Where("person_id = ?", made.PersonID).Order("from_day").Take(&first).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", fault.New(fault.Conflict, "spell_missing", nil)
	}
	if err != nil {
		return "", fmt.Errorf("read employment: %w", err)
	}
	if made.OnDay < first.FromDay {
		return "", fault.New(fault.Conflict, "grant_before_spell", fault.Params{"from": first.FromDay})
	}
	var held []grantRow
	if err := u.DB().Where("person_id = ?", made.PersonID).Find(&held).Error; err != nil {
		return "", fmt.Errorf("read grants: %w", err)
	}
	rank := slices.Index(Tiers, made.Tier)
	for _, g := range held {
		if g.Tier == made.Tier && g.OnDay == made.OnDay {
			return "", fault.New(fault.Conflict, "grant_known", fault.Params{"date": g.OnDay})
		}
		rank = max(rank, slices.Index(Tiers, g.Tier))
	}
	if err := u.DB().Create(&made).Error; err != nil {
		return "", fmt.Errorf("write grant: %w", err)
	}
	return Tiers[rank], nil
}

// Career reads employment and grants of people, in a constant number of queries for up to 500. Callers have checked
// that the reader may see them; people without either have no entry.
func (s *Service) Career(ctx context.Context, personIDs []string) (map[string]Career, error) {
	out := map[string]Career{}
	for part := range slices.Chunk(slices.DeleteFunc(slices.Clone(personIDs), func(id string) bool { return !isID(id) }), batch) {
		if err := careers(s.journal.Read(ctx), part, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func careers(db *gorm.DB, ids []string, out map[string]Career) error {
	db = db.Session(&gorm.Session{})
	var spells []spellRow
	if err := db.Where("person_id IN ?", ids).Order("from_day, id").Find(&spells).Error; err != nil {
		return fmt.Errorf("read employment: %w", err)
	}
	var given []grantRow
	if err := db.Where("person_id IN ?", ids).Order("on_day, id").Find(&given).Error; err != nil {
		return fmt.Errorf("read grants: %w", err)
	}
	names, err := recorders(db, given)
	if err != nil {
		return err
	}
	for _, r := range spells {
		c, one := out[r.PersonID], Spell{ID: r.ID, From: r.FromDay}
		if r.ToDay != nil {
			one.To = *r.ToDay
		}
		c.Spells = append(c.Spells, one)
		out[r.PersonID] = c
	}
	for _, r := range given {
		c := out[r.PersonID]
		c.Grants = append(c.Grants, Grant{
			ID: r.ID, Tier: r.Tier, On: r.OnDay, Origin: r.Origin, Evidence: r.Evidence, RecordedBy: names[r.RecordedBy], RecordedAt: r.RecordedAt,
		})
		out[r.PersonID] = c
	}
	return nil
}

// recorders are the names of who recorded the grants. What the machine's operator recorded stays System.
func recorders(db *gorm.DB, given []grantRow) (map[string]string, error) {
	names := map[string]string{System: System}
	var ids []string
	for _, g := range given {
		if isID(g.RecordedBy) && names[g.RecordedBy] == "" {
			names[g.RecordedBy] = g.RecordedBy
			ids = append(ids, g.RecordedBy)
		}
	}
	var people []personRow
	for part := range slices.Chunk(ids, batch) {
		if err := db.Select("id", "name").Where("id IN ?", part).Find(&people).Error; err != nil {
			return nil, fmt.Errorf("read who recorded: %w", err)
		}
		for _, p := range people {
			names[p.ID] = p.Name
		}
	}
	return names, nil
}
