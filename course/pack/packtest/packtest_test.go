package packtest_test

import (
	"testing"

	"agentladder/course/lesson"
	"agentladder/course/pack"
	"agentladder/course/pack/packtest"

	"github.com/stretchr/testify/require"
)

func TestDifferences(t *testing.T) {
	t.Parallel()

	t.Run("LessonMatchesItsSchema", func(t *testing.T) {
		t.Parallel()
		require.Empty(t, packtest.Differences(pack.KindLesson, lesson.Lesson{}))
	})

	t.Run("ManifestMatchesItsSchema", func(t *testing.T) {
		t.Parallel()
		require.Empty(t, packtest.Differences("pack", pack.Manifest{}))
	})

	t.Run("EveryDisagreementIsNamed", func(t *testing.T) {
		t.Parallel()
		type source struct {
			ID   int    `yaml:"id"`
			Link string `yaml:"link"`
		}
		type manifest struct {
			Format      int      `yaml:"format"`
			Name        []string `yaml:"name"`
			Language    string   `yaml:"language"`
			License     string
			Description string   `yaml:"description"`
			Sources     []source `yaml:"sources"`
			Digest      string   `yaml:"-"`
		}
		require.Equal(t, []string{
			"name: the schema says string, the struct slice",
			"sources[].id: the schema says string, the struct int",
			"sources[].link: only the struct knows it",
			"sources[].title: only the schema knows it",
		}, packtest.Differences("pack", manifest{}))
	})

	t.Run("UnknownKindIsSaid", func(t *testing.T) {
		t.Parallel()
		require.Len(t, packtest.Differences("essay", struct{}{}), 1)
	})
}
