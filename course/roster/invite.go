package roster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// Invitation is a person to be added. Nobody but the person ever sets a password, so NewPerson has none here.
type Invitation struct {
	NewPerson
	HiredOn string // first day of employment, YYYY-MM-DD, or ""
}

// InvitedRow is a person who was added, with the link for their first sign-in.
type InvitedRow struct {
	Row
	Link Link
}

// InvitedAtOnce is how many people InviteAll adds at most.
const InvitedAtOnce = 5000

// Invite adds a person without a password, and makes the link with which they set it. The same key again gives the same
// answer; without a key every call counts. Faults: not_permitted, admin_protected, login_invalid, login_taken,
// name_invalid, role_unknown, role_missing, team_unknown, date_invalid, idempotency_mismatch.
func (s *Service) Invite(ctx context.Context, actor Actor, n NewPerson, hiredOn, key string) (Row, Link, error) {
	asked := Invitation{NewPerson: n, HiredOn: hiredOn}
	checked, err := checkInvitation(actor, asked)
	if err != nil {
		return Row{}, Link{}, err
	}
	recalls := key != "" && isID(actor.PersonID)
	request, err := json.Marshal(checked)
	if err != nil {
		return Row{}, Link{}, fmt.Errorf("invitation: %w", err)
	}
	var made InvitedRow
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		if recalls {
			stored, found, err := u.Recall(actor.PersonID, "createPerson", key, journal.Hash(string(request)))
			if err != nil {
				return err
			}
			if found {
				made, err = s.recalled(stored)
				return err
			}
		}
		seed := newSeed()
		all, err := s.add(u, actor, []Invitation{checked}, [][]byte{seed})
		if err != nil {
			return err
		}
		made = all[0]
		if !recalls {
			return nil
		}
		return s.remember(u, actor, key, request, made, seed)
	})
	if err != nil {
		return Row{}, Link{}, duplicate(err, checked.Login)
	}
	return made.Row, made.Link, nil
}

// answer is what is remembered of an invitation: the seed in place of the token.
type answer struct {
	Made InvitedRow
	Seed []byte
}

func (s *Service) remember(u *journal.Unit, actor Actor, key string, request []byte, made InvitedRow, seed []byte) error {
	made.Link.Token = ""
	text, err := json.Marshal(answer{made, seed})
	if err != nil {
		return fmt.Errorf("remember invitation: %w", err)
	}
	return u.Remember(actor.PersonID, "createPerson", key, journal.Hash(string(request)), text)
}

func (s *Service) recalled(stored []byte) (InvitedRow, error) {
	var a answer
	if err := json.Unmarshal(stored, &a); err != nil {
		return InvitedRow{}, fmt.Errorf("recall invitation: %w", err)
	}
	a.Made.Link.Token = s.linkToken(a.Seed)
	return a.Made, nil
}

// InviteAll adds many people, all or none, in one unit of work. A fault about one of them carries its login. Faults:
// those of Invite; login_twice; too_many_people.
func (s *Service) InviteAll(ctx context.Context, actor Actor, rows []Invitation) ([]InvitedRow, error) {
	if len(rows) > InvitedAtOnce {
		return nil, fault.New(fault.TooLarge, "too_many_people", fault.Params{"limit": InvitedAtOnce})
	}
	if err := office(actor); err != nil {
		return nil, err
	}
	checked, seeds := make([]Invitation, len(rows)), make([][]byte, len(rows))
	listed := map[string]bool{}
	for i, r := range rows {
		var err error
		if checked[i], err = checkInvitation(actor, r); err != nil {
			return nil, about(err, r.Login)
		}
		if listed[checked[i].Login] {
			return nil, fault.New(fault.Invalid, "login_twice", fault.Params{"login": checked[i].Login})
		}
		listed[checked[i].Login], seeds[i] = true, newSeed()
	}
	if len(rows) == 0 {
		return []InvitedRow{}, nil
	}
	var made []InvitedRow
	err := s.journal.Do(ctx, func(u *journal.Unit) error {
		var err error
		made, err = s.add(u, actor, checked, seeds)
		return err
	})
	if err != nil {
		return nil, duplicate(err, "")
	}
	return made, nil
}

// about adds the login to the parameters of a fault.
func about(err error, login string) error {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err
	}
	c := *f
	c.Params = fault.Params{"login": login}
	for k, v := range f.Params {
		c.Params[k] = v
	}
	return &c
}

func duplicate(err error, login string) error {
	if journal.IsDuplicate(err) {
		return fault.New(fault.Conflict, "login_taken", fault.Params{"login": login}).Because(err)
	}
	return err
}

// checkInvitation puts an invitation into its stored form.
func checkInvitation(actor Actor, in Invitation) (Invitation, error) {
	if err := office(actor); err != nil {
		return in, err
	}
	in.Password, in.WeakPassword, in.Tier = "", false, Tiers[0]
	in.Login = canonicalLogin(in.Login)
	if !loginForm.MatchString(in.Login) {
		return in, fault.New(fault.Invalid, "login_invalid", nil)
	}
	var err error
	if in.Name, err = checkName(in.Name); err != nil {
		return in, err
	}
	if in.Roles, err = grants(actor, in.Roles); err != nil {
		return in, err
	}
	in.Teams = slices.Compact(slices.Sorted(slices.Values(in.Teams)))
	if in.HiredOn = strings.TrimSpace(in.HiredOn); in.HiredOn != "" {
		err = checkDay(in.HiredOn)
	}
	return in, err
}

// TakenLogins are those of the logins that somebody has already.
func (s *Service) TakenLogins(ctx context.Context, logins []string) (map[string]bool, error) {
	taken := map[string]bool{}
	for part := range slices.Chunk(logins, batch) {
		var found []string
		if err := s.journal.Read(ctx).Model(&personRow{}).Where("login IN ?", part).Pluck("login", &found).Error; err != nil {
			return nil, fmt.Errorf("read logins: %w", err)
		}
		for _, login := range found {
			taken[login] = true
		}
	}
	return taken, nil
}

// add writes checked invitations in a few statements for all, and an audit entry for each.
func (s *Service) add(u *journal.Unit, actor Actor, in []Invitation, seeds [][]byte) ([]InvitedRow, error) {
	if err := free(u, in); err != nil {
		return nil, err
	}
	teams, err := known(u, in)
	if err != nil {
		return nil, err
	}
	var rows newRows
	made := make([]InvitedRow, len(in))
	for i, n := range in {
		p := personRow{ID: u.NewID(), Login: n.Login, Name: n.Name, Tier: n.Tier, SessionVersion: 1, CreatedAt: u.Now(), Version: 1}
		rows.people = append(rows.people, p)
		for _, r := range n.Roles {
			rows.roles = append(rows.roles, roleRow{PersonID: p.ID, Role: string(r)})
		}
		var member []Team
		for _, id := range n.Teams {
			rows.members = append(rows.members, memberRow{TeamID: id, PersonID: p.ID})
			member = append(member, teams[id])
		}
		slices.SortFunc(member, func(a, b Team) int { return strings.Compare(a.Name, b.Name) })
		if n.HiredOn != "" {
			rows.spells = append(rows.spells, spellRow{
				ID: u.NewID(), PersonID: p.ID, FromDay: n.HiredOn, RecordedBy: by(actor.PersonID), RecordedAt: u.Now(),
			})
		}
		link, stored := s.newLink(u, actor, p, seeds[i])
		rows.links = append(rows.links, stored)
		made[i] = InvitedRow{Row: rowOf(p, n.Roles, member), Link: link}
	}
	if err := rows.create(u); err != nil {
		return nil, err
	}
	for i, n := range in {
		if err := u.Audit(invited(actor, made[i].ID, n)); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// newRows are the rows of new people, in the order in which they may be written.
type newRows struct {
	people  []personRow
	roles   []roleRow
	members []memberRow
	spells  []spellRow
	links   []linkRow
}

func (r *newRows) create(u *journal.Unit) error {
	for _, write := range []func() error{
		func() error { return createAll(u, r.people) },
		func() error { return createAll(u, r.roles) },
		func() error { return createAll(u, r.members) },
		func() error { return createAll(u, r.spells) },
		func() error { return createAll(u, r.links) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

func createAll[T any](u *journal.Unit, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	return u.DB().CreateInBatches(&rows, batch).Error
}

func invited(actor Actor, id string, n Invitation) journal.Entry {
	return journal.Entry{
		Subject: "person:" + id, Actor: by(actor.PersonID), Act: "person.invited", Object: "person:" + id,
		Payload: map[string]any{"login": n.Login, "name": n.Name, "roles": n.Roles, "teams": n.Teams, "hiredOn": n.HiredOn},
	}
}

// free checks that nobody has one of the logins.
func free(u *journal.Unit, in []Invitation) error {
	for part := range slices.Chunk(in, batch) {
		logins := make([]string, len(part))
		for i, n := range part {
			logins[i] = n.Login
		}
		var taken []string
		if err := u.DB().Model(&personRow{}).Where("login IN ?", logins).Order("login").Limit(1).Pluck("login", &taken).Error; err != nil {
			return fmt.Errorf("read logins: %w", err)
		}
		if len(taken) > 0 {
			return fault.New(fault.Conflict, "login_taken", fault.Params{"login": taken[0]})
		}
	}
	return nil
}

// known reads the teams of the invitations. Fault: team_unknown.
func known(u *journal.Unit, in []Invitation) (map[string]Team, error) {
	wanted := map[string]string{}
	for _, n := range in {
		for _, id := range n.Teams {
			if !isID(id) {
				return nil, about(fault.New(fault.NotFound, "team_unknown", nil), n.Login)
			}
			wanted[id] = n.Login
		}
	}
	teams := map[string]Team{}
	ids := make([]string, 0, len(wanted))
	for id := range wanted {
		ids = append(ids, id)
	}
	for part := range slices.Chunk(ids, batch) {
		var found []teamRow
		if err := u.DB().Where("id IN ?", part).Find(&found).Error; err != nil {
			return nil, fmt.Errorf("read teams: %w", err)
		}
		for _, t := range found {
			teams[t.ID] = Team(t)
		}
	}
	for _, id := range slices.Sorted(slices.Values(ids)) {
		if _, ok := teams[id]; !ok {
			return nil, about(fault.New(fault.NotFound, "team_unknown", nil), wanted[id])
		}
	}
	return teams, nil
}
