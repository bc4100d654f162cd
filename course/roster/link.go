package roster

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"agentladder/course/fault"
	"agentladder/course/journal"
)

// LinkLifetime is how long a one-time link waits to be used.
const LinkLifetime = 72 * time.Hour

// The kinds of links.
const (
	LinkFirst = "first" // the first password of an invited person
	LinkReset = "reset" // a new password in place of a forgotten one
)

// Link is a one-time link as it is shown once, to whoever issued it.
type Link struct {
	Token     string // 43 characters
	Kind      string // LinkFirst or LinkReset
	ExpiresAt time.Time
}

// LinkOwner is whose a link is.
type LinkOwner struct {
	Login, Name, Kind string
	ExpiresAt         time.Time
}

func linkUnknown() error { return fault.New(fault.NotFound, "link_unknown", nil) }

// linkToken is the token of a seed. The store keeps its hash; the seed of an invitation stays with the remembered
// answer, so that a lost answer can be given again, and is worth nothing without the installation's key.
func (s *Service) linkToken(seed []byte) string {
	mac := hmac.New(sha256.New, s.linkKey)
	mac.Write(seed)
	return urlB64.EncodeToString(mac.Sum(nil))
}

func newSeed() []byte {
	seed := make([]byte, 32)
	_, _ = rand.Read(seed)
	return seed
}

// IssueLink makes a new one-time link for a person; older ones stop working. Nobody makes one for themselves: who is
// signed in changes the password with ChangePassword. Faults: not_permitted, person_unknown, admin_protected,
// self_link, person_disabled.
func (s *Service) IssueLink(ctx context.Context, actor Actor, personID string) (Link, error) {
	if err := office(actor); err != nil {
		return Link{}, err
	}
	var made Link
	err := s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), personID, true)
		if err != nil {
			return err
		}
		if _, err := account(u.DB(), actor, row); err != nil {
			return err
		}
		if self(actor, personID) {
			return fault.New(fault.Forbidden, "self_link", nil)
		}
		if row.DisabledAt != nil {
			return fault.New(fault.Conflict, "person_disabled", nil)
		}
		if err := killLinks(u, personID); err != nil {
			return err
		}
		var stored linkRow
		made, stored = s.newLink(u, actor, row, newSeed())
		if err := u.DB().Create(&stored).Error; err != nil {
			return fmt.Errorf("write link: %w", err)
		}
		return u.Audit(journal.Entry{
			Subject: "person:" + personID, Actor: by(actor.PersonID), Act: "link.issued", Object: "person:" + personID,
			Payload: map[string]any{"kind": made.Kind, "expiresAt": made.ExpiresAt},
		})
	})
	return made, err
}

func (s *Service) newLink(u *journal.Unit, actor Actor, row personRow, seed []byte) (Link, linkRow) {
	link := Link{Token: s.linkToken(seed), Kind: LinkReset, ExpiresAt: u.Now().Add(LinkLifetime)}
	if row.PasswordHash == "" {
		link.Kind = LinkFirst
	}
	return link, linkRow{
		TokenHash: tokenHash(link.Token), PersonID: row.ID, Kind: link.Kind, CreatedBy: by(actor.PersonID),
		CreatedAt: u.Now(), ExpiresAt: link.ExpiresAt,
	}
}

// killLinks makes every unused link of a person worthless.
func killLinks(u *journal.Unit, person string) error {
	err := u.DB().Model(&linkRow{}).Where("person_id = ? AND used_at IS NULL AND revoked_at IS NULL", person).
		Update("revoked_at", u.Now()).Error
	if err != nil {
		return fmt.Errorf("revoke links: %w", err)
	}
	return nil
}

// OpenLink says whose a link is and leaves it unused. Faults, all NotFound: link_unknown, link_used, link_replaced,
// link_expired.
func (s *Service) OpenLink(ctx context.Context, token string) (LinkOwner, error) {
	now, err := s.journal.Now(ctx)
	if err != nil {
		return LinkOwner{}, err
	}
	link, person, err := takeLink(s.journal.Read(ctx), token, now)
	if err != nil {
		return LinkOwner{}, err
	}
	return LinkOwner{Login: person.Login, Name: person.Name, Kind: link.Kind, ExpiresAt: link.ExpiresAt}, nil
}

// takeLink reads a link that can still be used, and its person.
func takeLink(db *gorm.DB, token string, now time.Time) (linkRow, personRow, error) {
	var link linkRow
	var person personRow
	if raw, err := urlB64.DecodeString(token); err != nil || len(raw) != sha256.Size {
		return link, person, linkUnknown()
	}
	db = db.Session(&gorm.Session{})
	err := db.Where("token_hash = ?", tokenHash(token)).Take(&link).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return link, person, linkUnknown()
	}
	if err != nil {
		return link, person, fmt.Errorf("read link: %w", err)
	}
	switch {
	case link.UsedAt != nil:
		return link, person, fault.New(fault.NotFound, "link_used", nil)
	case link.RevokedAt != nil:
		return link, person, fault.New(fault.NotFound, "link_replaced", nil)
	case !now.Before(link.ExpiresAt):
		return link, person, fault.New(fault.NotFound, "link_expired", nil)
	}
	person, err = takePerson(db, link.PersonID, false)
	return link, person, err
}

// RedeemLink sets the password of the link's person, ends every older login session and opens a new one. The link is
// used up, once, whoever else tries at the same moment. in brings address and device; its login and password do not
// count. Faults: those of OpenLink, password_*, busy.
func (s *Service) RedeemLink(ctx context.Context, token, password string, in SignIn) (Session, error) {
	now, err := s.journal.Now(ctx)
	if err != nil {
		return Session{}, err
	}
	// Only the holder of a good link may put work on the machine.
	_, person, err := takeLink(s.journal.Read(ctx), token, now)
	if err != nil {
		return Session{}, err
	}
	if err := CheckPassword(password, person.Login); err != nil {
		return Session{}, err
	}
	hash, err := s.hashPassword(ctx, password)
	if err != nil {
		return Session{}, err
	}
	var opened Session
	err = s.journal.Do(ctx, func(u *journal.Unit) error {
		row, err := takePerson(u.DB(), person.ID, true)
		if err != nil {
			return err
		}
		link, _, err := takeLink(u.DB(), token, u.Now())
		if err != nil {
			return err
		}
		opened, err = s.redeem(u, row, link, hash, in)
		return err
	})
	if err != nil {
		return Session{}, err
	}
	return opened, nil
}

func (s *Service) redeem(u *journal.Unit, row personRow, link linkRow, hash string, in SignIn) (Session, error) {
	if row.DisabledAt != nil {
		return Session{}, linkUnknown()
	}
	done := u.DB().Model(&linkRow{}).Where("token_hash = ? AND used_at IS NULL AND revoked_at IS NULL", link.TokenHash).
		Update("used_at", u.Now())
	if done.Error != nil {
		return Session{}, fmt.Errorf("use link: %w", done.Error)
	}
	if done.RowsAffected != 1 {
		return Session{}, fmt.Errorf("use link: %d rows changed", done.RowsAffected)
	}
	if err := killLinks(u, row.ID); err != nil {
		return Session{}, err
	}
	if err := revokeAll(u, row.ID, "password"); err != nil {
		return Session{}, err
	}
	at := u.Now()
	row.PasswordHash, row.LastSeenAt = hash, &at
	row.SessionVersion++
	if err := save(u, row, row.ID, "link.redeemed", map[string]string{"kind": link.Kind, "address": in.Address}); err != nil {
		return Session{}, err
	}
	return s.begin(u, row, in)
}
