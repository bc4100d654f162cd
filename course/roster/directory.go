package roster

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"agentladder/course/fault"
)

// What a person's account is good for.
const (
	StatusInvited  = "invited" // no password yet
	StatusActive   = "active"
	StatusDisabled = "disabled"
)

// Row is a person as the people list shows them.
type Row struct {
	Person
	Status     string    // StatusInvited, StatusActive or StatusDisabled
	LastSeenAt time.Time // last sign-in or refresh; zero for never
	Version    int       // grows with every change of the person
}

// Detail is a person with employment and tiers, as the actor who asked may see and treat them.
type Detail struct {
	Row
	Spells []Spell  // by first day
	Grants []Grant  // by day
	May    []string // change, roles, disable, enable, link, spell, grant
}

// PeopleFilter narrows the people list. Empty fields do not narrow.
type PeopleFilter struct {
	Query  string // part of login or name, without regard to the case of Latin letters
	Role   Role
	TeamID string
	Status string
	Tier   string
	Cursor string // next of the page before
	Limit  int    // 1 to 200; 0 means 50
}

// Sizes of a page of people.
const (
	pageUsual = 50
	pageMost  = 200
)

// People reads one page of people by login: HR and administrators see all, supervisors the people of their teams. next
// is empty on the last page. A page costs the same wherever it lies. Faults: Forbidden not_permitted; Invalid
// cursor_invalid, status_unknown, role_unknown.
func (s *Service) People(ctx context.Context, actor Actor, f PeopleFilter) (rows []Row, next string, err error) {
	limit := pageUsual
	if f.Limit > 0 {
		limit = min(f.Limit, pageMost)
	}
	query, err := within(s.journal.Read(ctx).Table("people AS p").Select("p.*"), actor)
	if err != nil {
		return nil, "", err
	}
	if query, err = narrow(query, f); err != nil {
		return nil, "", err
	}
	var found []personRow
	if err := query.Order("p.login").Limit(limit + 1).Find(&found).Error; err != nil {
		return nil, "", fmt.Errorf("read people: %w", err)
	}
	if len(found) > limit {
		found = found[:limit]
		next = base64.RawURLEncoding.EncodeToString([]byte(found[limit-1].Login))
	}
	rows, err = describeAll(s.journal.Read(ctx), found)
	return rows, next, err
}

func narrow(db *gorm.DB, f PeopleFilter) (*gorm.DB, error) {
	if f.Cursor != "" {
		login, err := base64.RawURLEncoding.Strict().DecodeString(f.Cursor)
		if err != nil || !loginForm.Match(login) {
			return nil, fault.New(fault.Invalid, "cursor_invalid", nil)
		}
		db = db.Where("p.login > ?", string(login))
	}
	if q := strings.TrimSpace(f.Query); q != "" {
		if !utf8.ValidString(q) || strings.ContainsRune(q, 0) {
			return db.Where("1 = 0"), nil // no name has such characters
		}
		like := "%" + escapeLike.Replace(q) + "%"
		db = db.Where(`(p.login LIKE lower(CAST(? AS TEXT)) ESCAPE '\' OR lower(p.name) LIKE lower(CAST(? AS TEXT)) ESCAPE '\')`, like, like)
	}
	if f.Role != "" {
		if err := checkRoles([]Role{f.Role}); err != nil {
			return nil, err
		}
		db = db.Where("EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id AND r.role = ?)", string(f.Role))
	}
	if f.TeamID != "" {
		if !isID(f.TeamID) {
			return db.Where("1 = 0"), nil
		}
		db = db.Where("EXISTS (SELECT 1 FROM team_members t WHERE t.person_id = p.id AND t.team_id = ?)", f.TeamID)
	}
	if f.Tier != "" {
		db = db.Where("p.tier = ?", f.Tier)
	}
	switch f.Status {
	case "":
	case StatusDisabled:
		db = db.Where("p.disabled_at IS NOT NULL")
	case StatusInvited:
		db = db.Where("p.disabled_at IS NULL AND p.password_hash = ''")
	case StatusActive:
		db = db.Where("p.disabled_at IS NULL AND p.password_hash <> ''")
	default:
		return nil, fault.New(fault.Invalid, "status_unknown", nil)
	}
	return db, nil
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Look reads one person within the actor's scope. Faults: Forbidden not_permitted; NotFound person_unknown, also for
// people outside of the scope.
func (s *Service) Look(ctx context.Context, actor Actor, personID string) (Detail, error) {
	query, err := within(s.journal.Read(ctx).Table("people AS p").Select("p.*"), actor)
	if err != nil {
		return Detail{}, err
	}
	if !isID(personID) {
		return Detail{}, personUnknown()
	}
	var found personRow
	err = query.Where("p.id = ?", personID).Take(&found).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Detail{}, personUnknown()
	}
	if err != nil {
		return Detail{}, fmt.Errorf("read person: %w", err)
	}
	rows, err := describeAll(s.journal.Read(ctx), []personRow{found})
	if err != nil {
		return Detail{}, err
	}
	all, err := s.Career(ctx, []string{personID})
	if err != nil {
		return Detail{}, err
	}
	c := all[personID]
	return Detail{Row: rows[0], Spells: c.Spells, Grants: c.Grants, May: may(actor, rows[0])}, nil
}

// describeAll adds roles and teams to rows, in two queries for all.
func describeAll(db *gorm.DB, found []personRow) ([]Row, error) {
	ids := make([]string, len(found))
	for i, p := range found {
		ids[i] = p.ID
	}
	var roles []roleRow
	var teams []struct{ PersonID, ID, Name string }
	db = db.Session(&gorm.Session{})
	for part := range slices.Chunk(ids, batch) {
		var some []roleRow
		if err := db.Where("person_id IN ?", part).Find(&some).Error; err != nil {
			return nil, fmt.Errorf("read roles: %w", err)
		}
		roles = append(roles, some...)
		var in []struct{ PersonID, ID, Name string }
		err := db.Table("team_members AS m").Select("m.person_id, t.id, t.name").Joins("JOIN teams t ON t.id = m.team_id").
			Where("m.person_id IN ?", part).Order("t.name, t.id").Scan(&in).Error
		if err != nil {
			return nil, fmt.Errorf("read teams: %w", err)
		}
		teams = append(teams, in...)
	}
	has := map[string]map[Role]bool{}
	for _, r := range roles {
		if has[r.PersonID] == nil {
			has[r.PersonID] = map[Role]bool{}
		}
		has[r.PersonID][Role(r.Role)] = true
	}
	in := map[string][]Team{}
	for _, t := range teams {
		in[t.PersonID] = append(in[t.PersonID], Team{ID: t.ID, Name: t.Name})
	}
	rows := make([]Row, len(found))
	for i, p := range found {
		rows[i] = rowOf(p, slices.DeleteFunc(slices.Clone(Roles), func(r Role) bool { return !has[p.ID][r] }), in[p.ID])
	}
	return rows, nil
}

// batch is how many ids one statement may name; SQLite has a limit on parameters.
const batch = 500

func rowOf(p personRow, roles []Role, teams []Team) Row {
	row := Row{
		Person: Person{ID: p.ID, Login: p.Login, Name: p.Name, Tier: p.Tier, Roles: roles, Teams: teams, Disabled: p.DisabledAt != nil},
		Status: StatusActive, Version: p.Version,
	}
	switch {
	case p.DisabledAt != nil:
		row.Status = StatusDisabled
	case p.PasswordHash == "":
		row.Status = StatusInvited
	}
	if p.LastSeenAt != nil {
		row.LastSeenAt = *p.LastSeenAt
	}
	return row
}
