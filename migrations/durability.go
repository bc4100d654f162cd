package migrations

import (
	"context"
	"database/sql"
	"fmt"
)

// UnsafeError says which setting of the database could lose acknowledged writes, and what it must be.
type UnsafeError struct {
	Setting, Value, Want string
}

func (e *UnsafeError) Error() string {
	return fmt.Sprintf("database setting %s is %q: acknowledged writes could be lost; it must be %s", e.Setting, e.Value, e.Want)
}

func durableSQLite(ctx context.Context, pool *sql.DB) error {
	// One connection for both questions: the settings belong to a connection.
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer func() { _ = conn.Close() }()

	var journal string
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&journal); err != nil {
		return fmt.Errorf("read journal_mode: %w", err)
	}
	if journal != "wal" {
		return &UnsafeError{Setting: "journal_mode", Value: journal, Want: "wal"}
	}
	var synchronous int
	if err := conn.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return fmt.Errorf("read synchronous: %w", err)
	}
	if synchronous < 2 {
		return &UnsafeError{Setting: "synchronous", Value: fmt.Sprint(synchronous), Want: "2 (full)"}
	}
	var foreignKeys int
	if err := conn.QueryRowContext(ctx, "PRAGMA foreign_keys").Scan(&foreignKeys); err != nil {
		return fmt.Errorf("read foreign_keys: %w", err)
	}
	if foreignKeys != 1 {
		return &UnsafeError{Setting: "foreign_keys", Value: fmt.Sprint(foreignKeys), Want: "1 (on)"}
	}
	return nil
}

func durablePostgres(ctx context.Context, pool *sql.DB) error {
	for _, setting := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := pool.QueryRowContext(ctx, "SELECT current_setting($1)", setting).Scan(&value); err != nil {
			return fmt.Errorf("reach database: %w", err)
		}
		if err := durableSetting(setting, value); err != nil {
			return err
		}
	}
	return nil
}

// durableSetting judges one setting of PostgreSQL. Every value of synchronous_commit but "off" waits for the disk.
func durableSetting(setting, value string) error {
	if value == "off" {
		return &UnsafeError{Setting: setting, Value: value, Want: "on"}
	}
	return nil
}
