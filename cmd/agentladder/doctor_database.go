package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/pack"
	"agentladder/course/roster"
	"agentladder/migrations"
)

const (
	databaseArea = "database"
	packsArea    = "packs"

	clockSlack = 5 * time.Second // between this machine and the database's
)

// database opens the database as the server does, without migrating it.
func (k *checkup) database(ctx context.Context) {
	if path, ok := strings.CutPrefix(k.config.DatabaseURL, sqliteScheme); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			k.ok(databaseArea, "file", "%s will be made at the first start", path)
			return
		}
	}
	db, err := migrations.Open(ctx, k.config.DatabaseURL)
	if err != nil {
		var unsafe *migrations.UnsafeError
		if errors.As(err, &unsafe) {
			k.fail(databaseArea, "durability", "set "+unsafe.Setting+" to "+unsafe.Want+" in the database", "%v", err)
			return
		}
		k.fail(databaseArea, "reachable", "check that the database runs and that AGENTLADDER_DATABASE_URL and its user and password are right", "%v", err)
		return
	}
	defer func() {
		if err := db.Close(); err != nil {
			k.fail(databaseArea, "close", "look at the disk of the database", "%v", err)
		}
	}()
	k.ok(databaseArea, "reachable", "%s, and its settings are durable", db.Dialect)
	if k.schema(ctx, db) {
		k.whole(ctx, db)
		k.journal(ctx, db)
		k.databaseClock(ctx, db)
		k.administrators(ctx, db)
	}
}

// schema says whether there are tables to look into.
func (k *checkup) schema(ctx context.Context, db *migrations.Database) bool {
	status, err := db.Status(ctx)
	switch {
	case err != nil:
		k.fail(databaseArea, "schema", "check that the database user may read and create tables", "%v", err)
		return false
	case status.Current > status.Latest:
		k.fail(databaseArea, "schema", "use the newer program, or restore an older backup", "%v", &migrations.NewerError{Database: status.Current, Program: status.Latest})
		return false
	case status.Pending():
		k.warn(databaseArea, "schema", "make a backup, then run agentladder migrate or start the server", "version %d, this program has %d", status.Current, status.Latest)
		return false
	}
	k.ok(databaseArea, "schema", "version %d", status.Current)
	return true
}

// whole asks SQLite whether its file is; PostgreSQL checks its pages by itself.
func (k *checkup) whole(ctx context.Context, db *migrations.Database) {
	if db.Dialect != migrations.SQLite {
		return
	}
	var answers []string
	err := db.Read.WithContext(ctx).Raw("PRAGMA quick_check(3)").Scan(&answers).Error
	switch {
	case err != nil:
		k.fail(databaseArea, "file", "restore a backup", "%v", err)
	case len(answers) != 1 || answers[0] != "ok":
		k.fail(databaseArea, "file", "restore a backup", "the file is damaged: %s", strings.Join(answers, "; "))
	default:
		k.ok(databaseArea, "file", "whole")
	}
}

func (k *checkup) journal(ctx context.Context, db *migrations.Database) {
	chains, entries, err := newJournal(db).VerifyAll(ctx)
	var tampered *journal.TamperedError
	switch {
	case errors.As(err, &tampered):
		k.fail(databaseArea, "journal", "somebody changed the audit entries behind the program's back: find out who, and compare with a backup", "%v", err)
	case err != nil:
		k.fail(databaseArea, "journal", "check that the database user may read all tables", "%v", err)
	default:
		k.ok(databaseArea, "journal", "%d entries in %d chains hold", entries, chains)
	}
}

// databaseClock compares the clock that stamps entries with the newest stamp, and with this machine's.
func (k *checkup) databaseClock(ctx context.Context, db *migrations.Database) {
	const do = "set the clock, and switch on its synchronisation (NTP); times only go forward in the journal"
	now, err := newJournal(db).Now(ctx)
	if err != nil {
		k.fail(databaseArea, "clock", do, "%v", err)
		return
	}
	var newest struct{ At time.Time }
	if err := db.Read.WithContext(ctx).Table("audit_entries").Select("at").Order("at DESC").Limit(1).Scan(&newest).Error; err != nil {
		k.fail(databaseArea, "clock", "check that the database user may read all tables", "%v", err)
		return
	}
	apart := time.Since(now).Abs()
	switch {
	case newest.At.After(now.Add(clockSlack)):
		k.fail(databaseArea, "clock", do, "it says %s, but the newest entry is from %s", now.Format(time.DateTime), newest.At.Format(time.DateTime))
	case apart > clockSlack:
		k.warn(databaseArea, "clock", do, "it is %s apart from this machine's", apart.Round(time.Second))
	default:
		k.ok(databaseArea, "clock", "agrees with this machine's and with the journal")
	}
}

// administrators asks whether anybody can let people in, and whether somebody has a published password.
func (k *checkup) administrators(ctx context.Context, db *migrations.Database) {
	active := db.Read.WithContext(ctx).Table("people AS p").Where("p.disabled_at IS NULL AND p.password_hash <> ''")
	var admins int64
	if err := active.Where("EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id AND r.role = ?)", string(roster.Admin)).Count(&admins).Error; err != nil {
		k.fail(databaseArea, "people", "check that the database user may read all tables", "%v", err)
		return
	}
	if admins == 0 {
		k.warn(databaseArea, "people", "agentladder account create-admin LOGIN --name NAME", "no administrator can sign in")
	} else {
		k.ok(databaseArea, "people", "%d administrator(s) can sign in", admins)
	}
	if !k.config.Demo {
		k.publishedPasswords(ctx, db)
	}
}

// publishedPasswords finds the people of a demo in a database that is used without --demo.
func (k *checkup) publishedPasswords(ctx context.Context, db *migrations.Database) {
	logins := make([]string, len(demoPeople))
	for i, p := range demoPeople {
		logins[i] = p.Login
	}
	var found []string
	err := db.Read.WithContext(ctx).Table("people AS p").
		Where("p.disabled_at IS NULL AND p.password_hash <> '' AND p.login IN ?", logins).
		Where("EXISTS (SELECT 1 FROM team_members m JOIN teams t ON t.id = m.team_id WHERE m.person_id = p.id AND t.name = ?)", demoTeam).
		Order("p.login").Pluck("p.login", &found).Error
	if err != nil {
		k.fail(databaseArea, "demo people", "check that the database user may read all tables", "%v", err)
		return
	}
	if len(found) > 0 {
		k.warn(databaseArea, "demo people", "use a database of its own for the demo, or disable these people",
			"%s come from a demo; their passwords are published", strings.Join(found, ", "))
	}
}

func newJournal(db *migrations.Database) *journal.Journal {
	clock := journal.ProcessClock
	if db.Dialect == migrations.Postgres {
		clock = journal.DatabaseClock
	}
	return journal.New(db.Write, db.Read, clock)
}

// packs holds the shipped content against the compiler.
func (k *checkup) packs() {
	_, found := loadRoots(library.Shipped())
	warnings := 0
	for _, d := range found {
		if d.Severity == pack.Error {
			k.fail(packsArea, "lint", "install this program again: what it ships is broken", "%s", d)
			continue
		}
		warnings++
	}
	if !found.HasErrors() {
		k.ok(packsArea, "lint", "%d shipped pack(s) are free of errors; %d warning(s), which agentladder pack lint lists", len(library.Shipped()), warnings)
	}
}
