package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// System is the actor of what the program or its operator does.
const System = "system"

// Entry is one line of the audit: who did what to which object, in whose chain.
type Entry struct {
	Subject string // the chain, e.g. "person:<id>", "chat:<id>"
	Actor   string // id of the person who acted, or "system"
	Act     string // noun.verb, e.g. "person.created"
	Object  string // what it was done to, e.g. "team:<id>"; may be empty
	Payload any    // details as JSON, or nil; personal data is allowed here and only here
}

type entryRow struct {
	ID           string
	Subject      string
	Seq          int
	At           time.Time
	ActorID      string
	Act          string
	Object       string
	PayloadHash  string
	PreviousHash string
	Hash         string
}

func (entryRow) TableName() string { return "audit_entries" }

type headRow struct {
	Subject string `gorm:"primaryKey"`
	Seq     int
	Hash    string
}

func (headRow) TableName() string { return "audit_heads" }

type payloadRow struct {
	EntryID  string `gorm:"primaryKey"`
	Salt     *string
	Payload  *string
	ErasedAt *time.Time
}

func (payloadRow) TableName() string { return "audit_payloads" }

// Audit appends an entry to the chain of its subject, in this unit's transaction. The chain holds a salted hash of the
// payload; the payload itself goes to a table from which it can be erased.
func (u *Unit) Audit(e Entry) error {
	if e.Subject == "" || e.Actor == "" || e.Act == "" {
		return fmt.Errorf("audit entry without subject, actor or act: %+v", e)
	}
	if err := u.Lock("audit:" + e.Subject); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	var head headRow
	err := u.db.Where("subject = ?", e.Subject).Take(&head).Error
	first := errors.Is(err, gorm.ErrRecordNotFound)
	if err != nil && !first {
		return fmt.Errorf("audit head: %w", err)
	}

	row := entryRow{
		ID: u.NewID(), Subject: e.Subject, Seq: head.Seq + 1, At: u.Now(), ActorID: e.Actor, Act: e.Act, Object: e.Object,
		PreviousHash: head.Hash,
	}
	var payload *payloadRow
	if e.Payload != nil {
		text, err := json.Marshal(e.Payload)
		if err != nil {
			return fmt.Errorf("audit payload: %w", err)
		}
		var salt [16]byte
		_, _ = rand.Read(salt[:])
		salted, kept := hex.EncodeToString(salt[:]), string(text)
		payload = &payloadRow{EntryID: row.ID, Salt: &salted, Payload: &kept}
		row.PayloadHash = payloadHash(salted, kept)
	}
	row.Hash = row.digest()

	if err := u.db.Create(&row).Error; err != nil {
		return fmt.Errorf("audit entry: %w", err)
	}
	if payload != nil {
		if err := u.db.Create(payload).Error; err != nil {
			return fmt.Errorf("audit payload: %w", err)
		}
	}
	if first {
		err = u.db.Create(&headRow{Subject: e.Subject, Seq: row.Seq, Hash: row.Hash}).Error
	} else {
		err = u.db.Model(&headRow{}).Where("subject = ?", e.Subject).
			Updates(map[string]any{"seq": row.Seq, "hash": row.Hash}).Error
	}
	if err != nil {
		return fmt.Errorf("audit head: %w", err)
	}
	return nil
}

// ErasePayloads removes the personal payloads of a subject. The chain still verifies.
func (u *Unit) ErasePayloads(subject string) error {
	mine := u.db.Model(&entryRow{}).Select("id").Where("subject = ?", subject)
	return u.db.Model(&payloadRow{}).Where("erased_at IS NULL AND entry_id IN (?)", mine).
		Updates(map[string]any{"salt": nil, "payload": nil, "erased_at": u.Now()}).Error
}

func payloadHash(salt, payload string) string { return digest(salt, payload) }

func (r *entryRow) digest() string {
	return digest(r.ID, r.Subject, fmt.Sprint(r.Seq), r.At.UTC().Format(time.RFC3339Nano), r.ActorID, r.Act, r.Object,
		r.PayloadHash, r.PreviousHash)
}

// digest hashes parts with their lengths, so that no two lists of parts look alike.
func digest(parts ...string) string {
	h := sha256.New()
	var n [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil))
}
