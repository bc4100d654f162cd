package journal

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// TamperedError says where a chain does not hold.
type TamperedError struct {
	Subject string
	Seq     int // the first entry that is wrong or missing
	Why     string
}

func (e *TamperedError) Error() string {
	return fmt.Sprintf("audit chain of %s is broken at entry %d: %s", e.Subject, e.Seq, e.Why)
}

// Verify re-computes the chain of a subject and returns the number of entries that hold. An edited, deleted, swapped or
// added entry, a changed payload and a cut tail come back as *TamperedError.
func (j *Journal) Verify(ctx context.Context, subject string) (int, error) {
	entries := 0
	// One snapshot, so that an entry appended meanwhile does not look like tampering.
	err := j.snapshot(ctx, func(db *gorm.DB) error {
		var err error
		entries, err = verify(db, subject)
		return err
	})
	return entries, err
}

// VerifyAll verifies every chain and returns the number of chains and entries that hold. It stops at the first
// *TamperedError.
func (j *Journal) VerifyAll(ctx context.Context) (chains, entries int, err error) {
	var subjects []string
	all := `SELECT subject FROM audit_heads UNION SELECT subject FROM audit_entries ORDER BY subject`
	if err := j.Read(ctx).Raw(all).Scan(&subjects).Error; err != nil {
		return 0, 0, fmt.Errorf("list audit chains: %w", err)
	}
	for _, subject := range subjects {
		n, err := j.Verify(ctx, subject)
		if err != nil {
			return chains, entries, err
		}
		chains, entries = chains+1, entries+n
	}
	return chains, entries, nil
}

func (j *Journal) snapshot(ctx context.Context, act func(db *gorm.DB) error) error {
	return j.read.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if j.shared {
			if err := tx.Exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").Error; err != nil {
				return err
			}
		}
		return act(tx)
	})
}

func verify(db *gorm.DB, subject string) (int, error) {
	var head headRow
	err := db.Where("subject = ?", subject).Take(&head).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, fmt.Errorf("audit head: %w", err)
	}
	var rows []entryRow
	if err := db.Where("subject = ?", subject).Order("seq").Find(&rows).Error; err != nil {
		return 0, fmt.Errorf("audit entries: %w", err)
	}
	var kept []payloadRow
	mine := db.Session(&gorm.Session{NewDB: true}).Model(&entryRow{}).Select("id").Where("subject = ?", subject)
	if err := db.Where("entry_id IN (?)", mine).Find(&kept).Error; err != nil {
		return 0, fmt.Errorf("audit payloads: %w", err)
	}
	payloads := make(map[string]payloadRow, len(kept))
	for _, p := range kept {
		payloads[p.EntryID] = p
	}

	previous := ""
	for i, row := range rows {
		payload, stored := payloads[row.ID]
		if why := wrong(&row, i+1, previous, payload, stored); why != "" {
			return i, &TamperedError{Subject: subject, Seq: i + 1, Why: why}
		}
		previous = row.Hash
	}
	if head.Seq != len(rows) || head.Hash != previous {
		return len(rows), &TamperedError{Subject: subject, Seq: len(rows) + 1, Why: "the chain does not end where its head says"}
	}
	return len(rows), nil
}

func wrong(row *entryRow, seq int, previous string, payload payloadRow, stored bool) string {
	switch {
	case row.Seq != seq:
		return "an entry is missing"
	case row.PreviousHash != previous:
		return "it does not follow the entry before it"
	case row.digest() != row.Hash:
		return "it was changed"
	case (row.PayloadHash != "") != stored:
		return "its payload was added or deleted"
	case !stored:
		return ""
	case payload.ErasedAt != nil && payload.Payload == nil && payload.Salt == nil:
		return "" // erased on purpose
	case payload.Salt == nil || payload.Payload == nil || payloadHash(*payload.Salt, *payload.Payload) != row.PayloadHash:
		return "its payload was changed"
	}
	return ""
}
