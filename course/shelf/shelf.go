// Package shelf keeps installed content: immutable documents, and which set of them is in use.
//
// A document on the shelf never changes. A new version, or the same version with other words, is a new row with its
// own digest, so a chat that was held under old content can always be graded again under exactly that content.
package shelf

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/pack"
)

// Shipped is the origin of the packs built into the program.
const Shipped = "shipped"

// Shelf is the store of installed content.
type Shelf struct {
	journal *journal.Journal
}

// New makes a shelf over a journal.
func New(j *journal.Journal) *Shelf { return &Shelf{journal: j} }

// Set is a number of documents that belong together.
type Set struct {
	Digest    string // over kinds, ids, versions and digests of the documents
	Documents []pack.Document
}

// Install puts documents on the shelf and makes exactly this set the active one. Installing the active set again
// changes nothing. The documents must already be free of errors.
func (s *Shelf) Install(ctx context.Context, origin string, docs []pack.Document) (Set, error) {
	set := Set{Digest: digestOf(docs), Documents: docs}
	err := s.journal.Do(ctx, func(u *journal.Unit) error {
		if err := u.Lock("shelf"); err != nil { // servers that start together take turns
			return err
		}
		active, err := activeRow(u.DB())
		if err != nil {
			return err
		}
		if active.Digest == set.Digest {
			return nil
		}
		refs := make([]itemRef, 0, len(docs))
		for _, d := range docs {
			refs = append(refs, itemRef{Kind: string(d.Kind), ID: d.ID, Version: d.Version, Digest: d.Digest})
			row := itemRow{Kind: string(d.Kind), ID: d.ID, Version: d.Version, Digest: d.Digest, Origin: origin, Path: d.Path, Body: d.Body, InstalledAt: u.Now()}
			if err := u.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
				return fmt.Errorf("install %s %s: %w", d.Kind, d.ID, err)
			}
		}
		items, err := json.Marshal(refs)
		if err != nil {
			return err
		}
		at := u.Now()
		if before := active.ActivatedAt; before != nil && !at.After(*before) {
			at = before.Add(time.Microsecond) // the newest moment says which set is in use, whatever the clock says
		}
		row := bundleRow{Digest: set.Digest, Items: string(items), ActivatedAt: &at}
		err = u.DB().Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "digest"}}, DoUpdates: clause.AssignmentColumns([]string{"activated_at"})}).Create(&row).Error
		if err != nil {
			return err
		}
		return u.Audit(journal.Entry{Subject: "shelf", Actor: journal.System, Act: "content.activate", Object: set.Digest, Payload: map[string]any{"origin": origin, "documents": len(docs), "before": active.Digest}})
	})
	return set, err
}

// ActiveDigest returns the digest of the set in use, or "" on an empty shelf.
func (s *Shelf) ActiveDigest(ctx context.Context) (string, error) {
	row, err := activeRow(s.journal.Read(ctx))
	return row.Digest, err
}

// Set returns a set by its digest. What has been changed in the database since it was installed is an error.
// Fault: NotFound content_unknown.
func (s *Shelf) Set(ctx context.Context, digest string) (Set, error) {
	db := s.journal.Read(ctx)
	var row bundleRow
	if err := db.Where("digest = ?", digest).Take(&row).Error; err != nil {
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return Set{}, fault.New(fault.NotFound, "content_unknown", fault.Params{"digest": digest})
		}
		return Set{}, err
	}
	var refs []itemRef
	if err := json.Unmarshal([]byte(row.Items), &refs); err != nil {
		return Set{}, fmt.Errorf("content set %s: %w", digest, err)
	}
	digests := make([]string, len(refs))
	for i, r := range refs {
		digests[i] = r.Digest
	}
	var items []itemRow
	if err := db.Where("digest IN ?", digests).Find(&items).Error; err != nil {
		return Set{}, err
	}
	byRef := map[itemRef]itemRow{}
	for _, it := range items {
		byRef[itemRef{Kind: it.Kind, ID: it.ID, Version: it.Version, Digest: it.Digest}] = it
	}
	set := Set{Digest: digest}
	for _, r := range refs {
		it, ok := byRef[r]
		if !ok {
			return Set{}, fmt.Errorf("content set %s: %s %s version %d is not on the shelf", digest, r.Kind, r.ID, r.Version)
		}
		doc, ds := pack.Parse(it.Path, it.Body)
		if ds.HasErrors() {
			return Set{}, fmt.Errorf("content set %s: %s", digest, ds[0])
		}
		if doc.Digest != r.Digest {
			return Set{}, fmt.Errorf("content set %s: the body of %s %s has been changed in the database", digest, r.Kind, r.ID)
		}
		set.Documents = append(set.Documents, doc)
	}
	if digestOf(set.Documents) != digest {
		return Set{}, fmt.Errorf("content set %s: its list of documents has been changed in the database", digest)
	}
	return set, nil
}

// activeRow is the set in use, or the zero row.
func activeRow(db *gorm.DB) (bundleRow, error) {
	var row bundleRow
	err := db.Where("activated_at IS NOT NULL").Order("activated_at DESC").Limit(1).Find(&row).Error
	return row, err
}

func digestOf(docs []pack.Document) string {
	lines := make([]string, len(docs))
	for i, d := range docs {
		lines[i] = fmt.Sprintf("%s\x00%s\x00%d\x00%s", d.Kind, d.ID, d.Version, d.Digest)
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:])
}

type itemRef struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Version int    `json:"version"`
	Digest  string `json:"digest"`
}

type itemRow struct {
	Kind        string
	ID          string `gorm:"column:id"`
	Version     int
	Digest      string
	Origin      string
	Path        string
	Body        []byte
	InstalledAt time.Time
}

func (itemRow) TableName() string { return "shelf_items" }

type bundleRow struct {
	Digest      string `gorm:"primaryKey"`
	Items       string
	ActivatedAt *time.Time // nil: never in use
}

func (bundleRow) TableName() string { return "shelf_bundles" }
