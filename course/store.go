package course

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"agentladder/course/fault"
	"agentladder/course/journal"
	"agentladder/course/quiz"
)

type readRow struct {
	PersonID string `gorm:"primaryKey"`
	LessonID string `gorm:"primaryKey"`
	ReadAt   time.Time
}

func (readRow) TableName() string { return "lesson_reads" }

type attemptRow struct {
	ID           string `gorm:"primaryKey"`
	PersonID     string
	ChapterID    string
	BundleDigest string
	Questions    string
	Answers      *string
	StartedAt    time.Time
	SubmittedAt  *time.Time
	Percent      *int
	Passed       *bool
}

func (attemptRow) TableName() string { return "quiz_attempts" }

func readsOf(db *gorm.DB, personID string) (map[string]bool, error) {
	var ids []string
	if err := db.Model(&readRow{}).Where("person_id = ?", personID).Pluck("lesson_id", &ids).Error; err != nil {
		return nil, err
	}
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, nil
}

func hasRead(db *gorm.DB, personID, lessonID string) (bool, error) {
	var n int64
	err := db.Model(&readRow{}).Where("person_id = ? AND lesson_id = ?", personID, lessonID).Count(&n).Error
	return n > 0, err
}

// insertRead notes a read lesson and says whether that is news.
func insertRead(u *journal.Unit, personID, lessonID string) (bool, error) {
	done := u.DB().Clauses(clause.OnConflict{DoNothing: true}).Create(&readRow{PersonID: personID, LessonID: lessonID, ReadAt: u.Now()})
	return done.RowsAffected > 0, done.Error
}

// tally is what a person's attempts at a chapter add up to.
type tally struct {
	PersonID  string
	ChapterID string
	Attempts  int
	Best      *int
	Passed    int
}

// tallies adds up the attempts that were handed in, for each person and chapter.
func tallies(db *gorm.DB, personIDs []string) ([]tally, error) {
	var rows []tally
	err := db.Model(&attemptRow{}).Where("person_id IN ? AND submitted_at IS NOT NULL", personIDs).Group("person_id, chapter_id").
		Select("person_id, chapter_id, COUNT(*) AS attempts, MAX(percent) AS best, SUM(CASE WHEN passed THEN 1 ELSE 0 END) AS passed").Scan(&rows).Error
	return rows, err
}

// quizzesOf is a person's progress by chapter, without what the content says about the quiz.
func quizzesOf(db *gorm.DB, personID string) (map[string]QuizRow, error) {
	rows, err := tallies(db, []string{personID})
	if err != nil {
		return nil, err
	}
	out := map[string]QuizRow{}
	for _, r := range rows {
		q := QuizRow{Attempts: r.Attempts, Passed: r.Passed > 0}
		if r.Best != nil {
			q.Best = *r.Best
		}
		out[r.ChapterID] = q
	}
	var open []attemptRow
	if err := db.Select("id", "chapter_id").Where("person_id = ? AND submitted_at IS NULL", personID).Find(&open).Error; err != nil {
		return nil, err
	}
	for _, r := range open {
		q := out[r.ChapterID]
		q.OpenAttemptID = r.ID
		out[r.ChapterID] = q
	}
	return out, nil
}

// unknownAttempt is the answer for a missing attempt and for somebody else's.
func unknownAttempt() error { return fault.New(fault.NotFound, "attempt_unknown", nil) }

// takeAttempt reads an own attempt. Fault: NotFound attempt_unknown.
func takeAttempt(db *gorm.DB, personID, id string) (attemptRow, error) {
	var row attemptRow
	if uuid.Validate(id) != nil {
		return row, unknownAttempt()
	}
	err := db.Where("id = ? AND person_id = ?", id, personID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, unknownAttempt()
	}
	return row, err
}

// openAttempt reads the attempt that a person has begun and not handed in; found is false when there is none.
func openAttempt(db *gorm.DB, personID, chapterID string) (row attemptRow, found bool, err error) {
	done := db.Where("person_id = ? AND chapter_id = ? AND submitted_at IS NULL", personID, chapterID).Limit(1).Find(&row)
	return row, done.RowsAffected > 0, done.Error
}

// closeAttempt hands an attempt in, if nobody else has; false when somebody has.
func closeAttempt(u *journal.Unit, id string, answers []quiz.Answer, percent int, passed bool) (bool, error) {
	text, err := json.Marshal(answers)
	if err != nil {
		return false, err
	}
	done := u.DB().Model(&attemptRow{}).Where("id = ? AND submitted_at IS NULL", id).
		Updates(map[string]any{"answers": string(text), "submitted_at": u.Now(), "percent": percent, "passed": passed})
	return done.RowsAffected == 1, done.Error
}

func (r attemptRow) sheet() (quiz.Sheet, error) {
	var sheet quiz.Sheet
	if err := json.Unmarshal([]byte(r.Questions), &sheet); err != nil {
		return nil, fmt.Errorf("questions of attempt %s: %w", r.ID, err)
	}
	return sheet, nil
}

func (r attemptRow) answers() ([]quiz.Answer, error) {
	var answers []quiz.Answer
	if r.Answers == nil {
		return nil, fmt.Errorf("attempt %s has no answers", r.ID)
	}
	if err := json.Unmarshal([]byte(*r.Answers), &answers); err != nil {
		return nil, fmt.Errorf("answers of attempt %s: %w", r.ID, err)
	}
	return answers, nil
}
