package roster

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"agentladder/course/fault"
)

type personRow struct {
	ID             string
	Login          string
	Name           string
	PasswordHash   string
	Tier           string
	SessionVersion int
	DisabledAt     *time.Time
	CreatedAt      time.Time
	Version        int
	LastSeenAt     *time.Time
}

func (personRow) TableName() string { return "people" }

type roleRow struct {
	PersonID string
	Role     string
}

func (roleRow) TableName() string { return "roles" }

type teamRow struct {
	ID   string
	Name string
}

func (teamRow) TableName() string { return "teams" }

type memberRow struct {
	TeamID   string
	PersonID string
}

func (memberRow) TableName() string { return "team_members" }

type sessionRow struct {
	ID           string
	PersonID     string
	Seed         string
	CreatedAt    time.Time
	LastUsedAt   time.Time
	RevokedAt    *time.Time
	RevokeReason string
}

func (sessionRow) TableName() string { return "login_sessions" }

type tokenRow struct {
	TokenHash     string `gorm:"primaryKey"`
	SessionID     string
	Generation    int
	IssuedAt      time.Time
	ExpiresAt     time.Time
	UsedAt        *time.Time
	SuccessorHash *string
}

func (tokenRow) TableName() string { return "refresh_tokens" }

type linkRow struct {
	TokenHash string `gorm:"primaryKey"`
	PersonID  string
	Kind      string
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
	RevokedAt *time.Time
}

func (linkRow) TableName() string { return "person_links" }

type spellRow struct {
	ID         string
	PersonID   string
	FromDay    string
	ToDay      *string
	RecordedBy string
	RecordedAt time.Time
}

func (spellRow) TableName() string { return "employment_spells" }

type grantRow struct {
	ID         string
	PersonID   string
	Tier       string
	OnDay      string
	Origin     string
	Evidence   string
	RecordedBy string
	RecordedAt time.Time
}

func (grantRow) TableName() string { return "tier_grants" }

type attemptRow struct {
	ID     string
	Bucket string
	At     time.Time
}

func (attemptRow) TableName() string { return "sign_in_attempts" }

// isID says whether a text from outside can be an id at all; PostgreSQL would refuse to compare anything else.
func isID(text string) bool {
	id, err := uuid.Parse(text)
	return err == nil && id.String() == text
}

func personUnknown() error { return fault.New(fault.NotFound, "person_unknown", nil) }

// takePerson reads one person; hold keeps others from changing the row until the transaction ends.
func takePerson(db *gorm.DB, id string, hold bool) (personRow, error) {
	var row personRow
	if !isID(id) {
		return row, personUnknown()
	}
	if hold {
		db = db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
	}
	err := db.Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, personUnknown()
	}
	if err != nil {
		return row, fmt.Errorf("read person: %w", err)
	}
	return row, nil
}

// describe adds roles and teams to a row.
func describe(db *gorm.DB, row personRow) (Person, error) {
	p := Person{ID: row.ID, Login: row.Login, Name: row.Name, Tier: row.Tier, Disabled: row.DisabledAt != nil}
	var roles []string
	if err := db.Model(&roleRow{}).Where("person_id = ?", row.ID).Pluck("role", &roles).Error; err != nil {
		return Person{}, fmt.Errorf("read roles: %w", err)
	}
	for _, r := range Roles {
		if slices.Contains(roles, string(r)) {
			p.Roles = append(p.Roles, r)
		}
	}
	var teams []teamRow
	err := db.Model(&teamRow{}).Joins("JOIN team_members m ON m.team_id = teams.id").Where("m.person_id = ?", row.ID).
		Order("teams.name, teams.id").Find(&teams).Error
	if err != nil {
		return Person{}, fmt.Errorf("read teams: %w", err)
	}
	for _, t := range teams {
		p.Teams = append(p.Teams, Team(t))
	}
	return p, nil
}
