package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"

	"agentladder/api"
	"agentladder/api/auth"
	"agentladder/course"
	"agentladder/course/journal"
	"agentladder/course/library"
	"agentladder/course/roster"
	"agentladder/course/shelf"
	"agentladder/exam"
	"agentladder/exam/bundle"
	"agentladder/frontend"
	"agentladder/grading"
	"agentladder/migrations"
)

// house is everything that runs on one database. This file is the only one that sees all rooms.
type house struct {
	db      *migrations.Database
	journal *journal.Journal
	people  *roster.Service
	shelf   *shelf.Shelf
	grades  *grading.Service
	chats   *exam.Service
	course  *course.Service

	eligibility *grading.Eligibility
}

// openHouse opens and migrates the database and builds the services.
func openHouse(ctx context.Context, c *config, key []byte, log *slog.Logger) (*house, error) {
	zone, err := c.location()
	if err != nil {
		return nil, err
	}
	db, err := migrations.Open(ctx, c.DatabaseURL)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		_ = db.Close() // the migration's error is the one to tell
		return nil, err
	}
	clock := journal.ProcessClock
	if db.Dialect == migrations.Postgres {
		clock = journal.DatabaseClock
	}
	h := &house{db: db, journal: journal.New(db.Write, db.Read, clock)}
	if h.people, err = roster.New(h.journal, key, roster.Zone(zone)); err != nil {
		_ = db.Close() // the roster's error is the one to tell
		return nil, err
	}
	h.shelf = shelf.New(h.journal)
	h.grades = grading.New(h.journal)
	h.chats = exam.New(h.journal, h.shelf, h.grades, log)
	h.course = course.New(h.journal, h.shelf, h.chats.ScenarioTitle)
	h.eligibility = grading.NewEligibility(h.shelf, h.people, h.course)
	return h, nil
}

func (h *house) close() error { return h.db.Close() }

// stock puts the shipped content on the shelf.
func (h *house) stock(ctx context.Context) error {
	docs, err := library.Documents()
	if err != nil {
		return err
	}
	_, err = h.shelf.Install(ctx, shelf.Shipped, docs)
	return err
}

// server builds the HTTP side.
func (h *house) server(c *config, key []byte, log *slog.Logger) (*api.Server, error) {
	proxies, err := c.trustedProxies()
	if err != nil {
		return nil, err
	}
	tokens, err := auth.NewTokens(key)
	if err != nil {
		return nil, err
	}
	var files fs.FS
	if built, ok := frontend.Files(); ok {
		files = built
	}
	cfg := api.Config{Version: version(), Demo: c.Demo, Secure: c.secure(), Proxies: proxies, Frontend: files, Tokens: tokens, Log: log}
	if c.Demo {
		cfg.DemoPeople = demoFaces()
	}
	return api.New(cfg, api.Services{People: h.people, Chats: h.chats, Course: h.course, Eligibility: h.eligibility})
}

// shippedBundle links the shipped content for commands that need no database.
func shippedBundle() (*bundle.Bundle, error) {
	docs, err := library.Documents()
	if err != nil {
		return nil, err
	}
	b, found := bundle.Load(docs)
	if broken, ok := found.FirstError(); ok {
		return nil, fmt.Errorf("the shipped content does not link: %s", broken)
	}
	return b, nil
}

// newLog writes structured logs to w.
func newLog(c *config, w io.Writer) *slog.Logger {
	level, _ := c.level() // checked with the rest of the configuration
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
