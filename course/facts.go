package course

import (
	"context"
	"slices"
)

// factsAtOnce is how many people one query asks about: every database takes that many parameters.
const factsAtOnce = 500

// Facts is what the ladder wants to know about a person's studies.
type Facts struct {
	ChaptersRead map[string]bool // chapters of the active course of which every lesson is read
	QuizBest     map[string]int  // best percent by chapter, for quizzes that were handed in
}

// Facts tells of each person, also of one who has not studied yet. Whose facts may be asked is for the caller to check.
func (s *Service) Facts(ctx context.Context, personIDs []string) (map[string]Facts, error) {
	catalogue, _, err := s.content.current(ctx)
	if err != nil {
		return nil, err
	}
	out := make(map[string]Facts, len(personIDs))
	for _, id := range personIDs {
		out[id] = Facts{ChaptersRead: map[string]bool{}, QuizBest: map[string]int{}}
	}
	db := s.journal.Read(ctx)
	for ids := range slices.Chunk(personIDs, factsAtOnce) {
		var reads []readRow
		if err := db.Where("person_id IN ? AND lesson_id IN ?", ids, catalogue.Order()).Find(&reads).Error; err != nil {
			return nil, err
		}
		read := map[string]map[string]bool{}
		for _, r := range reads {
			if read[r.PersonID] == nil {
				read[r.PersonID] = map[string]bool{}
			}
			read[r.PersonID][r.LessonID] = true
		}
		for person, lessons := range read {
			for _, ch := range catalogue.Chapters() {
				if !slices.ContainsFunc(ch.Lessons, func(id string) bool { return !lessons[id] }) {
					out[person].ChaptersRead[ch.ID] = true
				}
			}
		}
		rows, err := tallies(db, ids)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.Best != nil {
				out[r.PersonID].QuizBest[r.ChapterID] = *r.Best
			}
		}
	}
	return out, nil
}
