package roster

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// NewPerson is what CreatePerson needs.
type NewPerson struct {
	Login    string // lower-case letters, digits, dot, hyphen, underscore; 2 to 64; capitals are lowered
	Name     string // 1 to 100 characters
	Password string
	Tier     string // "" means none
	Roles    []Role
	Teams    []string // ids
	// WeakPassword lets the published people of a demo server have a short password. Nothing else may set it.
	WeakPassword bool
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`)

func canonicalLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	n := utf8.RuneCountInString(name)
	if n < 1 || n > 100 || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return "", fault.New(fault.Invalid, "name_invalid", nil)
	}
	return name, nil
}

func checkRoles(roles []Role) error {
	for _, r := range roles {
		if !slices.Contains(Roles, r) {
			return fault.New(fault.Invalid, "role_unknown", fault.Params{"role": string(r)})
		}
	}
	return nil
}

func by(actor string) string {
	if actor == "" {
		return System
	}
	return actor
}

// CreatePerson adds a person. actor is the id of whoever does it, or "" for the operator of the machine. Faults:
// login_invalid, login_taken, name_invalid, role_unknown, team_unknown, password_*.
func (s *Service) CreatePerson(ctx context.Context, actor string, n NewPerson) (Person, error) {
	n.Login = canonicalLogin(n.Login)
	if !loginForm.MatchString(n.Login) {
		return Person{}, fault.New(fault.Invalid, "login_invalid", nil)
	}
	name, err := checkName(n.Name)
	if err != nil {
		return Person{}, err
	}
	if err := checkRoles(n.Roles); err != nil {
		return Person{}, err
	}
	if n.Password == "" || !n.WeakPassword {
		if err := CheckPassword(n.Password, n.Login); err != nil {
			return Person{}, err
		}
	}
	hash, err := s.hashPassword(ctx, n.Password)
	if err != nil {
		return Person{}, err
	}
	if n.Tier == "" {
		n.Tier = "none"
	}

	var made Person
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		row := personRow{
			ID: u.NewID(), Login: n.Login, Name: name, PasswordHash: hash, Tier: n.Tier, SessionVersion: 1, CreatedAt: u.Now(),
			Version: 1,
		}
		if err := u.DB().Create(&row).Error; err != nil {
			return err
		}
		if err := writeRoles(u, row.ID, n.Roles); err != nil {
			return err
		}
		for _, team := range n.Teams {
			if err := join(u, team, row.ID); err != nil {
				return err
			}
		}
		made, err = describe(u.DB(), row)
		if err != nil {
			return err
		}
		return u.Audit(journal.Entry{
			Subject: "person:" + row.ID, Actor: by(actor), Act: "person.created", Object: "person:" + row.ID,
			Payload: map[string]any{"login": row.Login, "name": row.Name, "roles": n.Roles, "teams": n.Teams, "tier": n.Tier},
		})
	})
	if journal.IsDuplicate(err) {
		return Person{}, fault.New(fault.Conflict, "login_taken", fault.Params{"login": n.Login}).Because(err)
	}
	return made, err
}

func writeRoles(u *journal.Unit, person string, roles []Role) error {
	if err := u.DB().Where("person_id = ?", person).Delete(&roleRow{}).Error; err != nil {
		return fmt.Errorf("write roles: %w", err)
	}
	for _, r := range Roles {
		if !slices.Contains(roles, r) {
			continue
		}
		if err := u.DB().Create(&roleRow{PersonID: person, Role: string(r)}).Error; err != nil {
			return fmt.Errorf("write roles: %w", err)
		}
	}
	return nil
}

// CreateTeam adds a team. Faults: name_invalid; team_taken when the name is in use.
func (s *Service) CreateTeam(ctx context.Context, actor, name string) (Team, error) {
	name, err := checkName(name)
	if err != nil {
		return Team{}, err
	}
	var team Team
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		team = Team{ID: u.NewID(), Name: name}
		if err := u.DB().Create(&teamRow{ID: team.ID, Name: team.Name}).Error; err != nil {
			return err
		}
		return u.Audit(journal.Entry{
			Subject: "team:" + team.ID, Actor: by(actor), Act: "team.created", Object: "team:" + team.ID,
			Payload: map[string]string{"name": name},
		})
	})
	if journal.IsDuplicate(err) {
		return Team{}, fault.New(fault.Conflict, "team_taken", fault.Params{"team": name}).Because(err)
	}
	return team, err
}

// TeamByName finds a team by its exact name. Fault: team_unknown.
func (s *Service) TeamByName(ctx context.Context, name string) (Team, error) {
	var row teamRow
	err := s.journal.Read(ctx).Where("name = ?", name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Team{}, fault.New(fault.NotFound, "team_unknown", nil)
	}
	return Team(row), err
}

func join(u *journal.Unit, team, person string) error {
	var n int64
	if isID(team) {
		if err := u.DB().Model(&teamRow{}).Where("id = ?", team).Count(&n).Error; err != nil {
			return fmt.Errorf("read team: %w", err)
		}
	}
	if n == 0 {
		return fault.New(fault.NotFound, "team_unknown", nil)
	}
	return u.DB().Create(&memberRow{TeamID: team, PersonID: person}).Error
}

// SetTeams puts a person into exactly these teams. Access tokens issued before are refused from now on; the next
// refresh brings the new rights. Faults: person_unknown, team_unknown.
func (s *Service) SetTeams(ctx context.Context, actor, person string, teams []string) error {
	teams = slices.Compact(slices.Sorted(slices.Values(teams)))
	return s.change(ctx, actor, person, "person.teams_set", map[string]any{"teams": teams}, func(u *journal.Unit, _ *personRow) error {
		return writeTeams(u, person, teams)
	})
}

func writeTeams(u *journal.Unit, person string, teams []string) error {
	if err := u.DB().Where("person_id = ?", person).Delete(&memberRow{}).Error; err != nil {
		return fmt.Errorf("write teams: %w", err)
	}
	for _, team := range teams {
		if err := join(u, team, person); err != nil {
			return err
		}
	}
	return nil
}

// SetRoles gives a person exactly these roles. Access tokens issued before are refused from now on; the next refresh
// brings the new rights. Faults: person_unknown, role_unknown.
func (s *Service) SetRoles(ctx context.Context, actor, person string, roles []Role) error {
	if err := checkRoles(roles); err != nil {
		return err
	}
	return s.change(ctx, actor, person, "person.roles_set", map[string]any{"roles": roles}, func(u *journal.Unit, _ *personRow) error {
		return writeRoles(u, person, roles)
	})
}

// SetPassword replaces the password and ends every login session. Faults: person_unknown, password_*.
func (s *Service) SetPassword(ctx context.Context, actor, person, password string) error {
	row, err := takePerson(s.journal.Read(ctx), person, false)
	if err != nil {
		return err
	}
	if err := CheckPassword(password, row.Login); err != nil {
		return err
	}
	hash, err := s.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, person, "person.password_set", nil, func(u *journal.Unit, row *personRow) error {
		row.PasswordHash = hash
		if err := killLinks(u, person); err != nil {
			return err
		}
		return revokeAll(u, person, "password")
	})
}

// Disable shuts a person out at once. Their history stays. Disabling twice changes nothing. Fault: person_unknown.
func (s *Service) Disable(ctx context.Context, actor, person string) error {
	return s.change(ctx, actor, person, "person.disabled", nil, shut)
}

// shut disables a held person and kills what they hold.
func shut(u *journal.Unit, row *personRow) error {
	if row.DisabledAt == nil {
		at := u.Now()
		row.DisabledAt = &at
	}
	if err := killLinks(u, row.ID); err != nil {
		return err
	}
	return revokeAll(u, row.ID, "disabled")
}

// SignOutEverywhere ends every login session of a person. Fault: person_unknown.
func (s *Service) SignOutEverywhere(ctx context.Context, actor, person string) error {
	return s.change(ctx, actor, person, "session.all_ended", nil, func(u *journal.Unit, _ *personRow) error {
		return revokeAll(u, person, "everywhere")
	})
}

// change does what all changes of a person's rights share: hold the row, raise the session version, which makes older
// access tokens worthless, and write the audit entry.
func (s *Service) change(ctx context.Context, actor, person, act string, payload any, do func(u *journal.Unit, row *personRow) error) error {
	return s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), person, true)
		if err != nil {
			return err
		}
		if err := do(u, &row); err != nil {
			return err
		}
		row.SessionVersion++
		return save(u, row, actor, act, payload)
	})
}

// save writes a changed row that takePerson holds, as a new version, with its audit entry.
func save(u *journal.Unit, row personRow, actor, act string, payload any) error {
	done := u.DB().Model(&personRow{}).Where("id = ? AND version = ?", row.ID, row.Version).Updates(map[string]any{
		"version": row.Version + 1, "session_version": row.SessionVersion, "name": row.Name, "tier": row.Tier,
		"password_hash": row.PasswordHash, "disabled_at": nullable(row.DisabledAt), "last_seen_at": nullable(row.LastSeenAt),
	})
	if done.Error != nil {
		return fmt.Errorf("change person: %w", done.Error)
	}
	if done.RowsAffected != 1 {
		return fmt.Errorf("change person: %d rows changed", done.RowsAffected)
	}
	return u.Audit(journal.Entry{
		Subject: "person:" + row.ID, Actor: by(actor), Act: act, Object: "person:" + row.ID, Payload: payload,
	})
}

func nullable(t *time.Time) any {
	if t == nil {
		return nil
	}
	return *t
}

// Person reads one person from the store. Fault: person_unknown.
func (s *Service) Person(ctx context.Context, id string) (Person, error) {
	db := s.journal.Read(ctx)
	row, err := takePerson(db, id, false)
	if err != nil {
		return Person{}, err
	}
	return describe(s.journal.Read(ctx), row)
}

// PersonByLogin reads one person from the store. Fault: person_unknown.
func (s *Service) PersonByLogin(ctx context.Context, login string) (Person, error) {
	row, err := s.byLogin(ctx, canonicalLogin(login))
	if err != nil {
		return Person{}, err
	}
	return describe(s.journal.Read(ctx), row)
}

func (s *Service) byLogin(ctx context.Context, login string) (personRow, error) {
	var row personRow
	err := s.journal.Read(ctx).Where("login = ?", login).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, personUnknown()
	}
	if err != nil {
		return row, fmt.Errorf("read person: %w", err)
	}
	return row, nil
}
