package roster

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"agentladder/course/fault"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for code, passwords := range map[string][]string{
		"password_too_short": {"", "a", "short1234", "九个字的密码不够长"},
		"password_too_long":  {strings.Repeat("长密码x", 51)},
		"password_common": {
			"1234567890", "0987654321", "123456789012345", "qwertyuiop", "QWERTYUIOP", "poiuytrewq", "1qaz2wsx3edc", "password123", "Password2026!",
			"P@ssw0rd1234", "aaaaaaaaaa", "abababababab", "abcabcabcabc", "passwordpassword", "iloveyou!!", "5201314520", "woaini1314520",
			"taobao2026", "kefu888888", "kefukefukefu", "admin@2026", "13800138000", "2026-11-22", "zhangsan2026", "lin.xiaoman1", "xx-LIN.xiaoman",
			"密码密码密码密码密码", "0000000000000000000000",
		},
		"": {
			"缺货就给顾客退款-2b", "correct-horse-9-battery", "tRaveling kettle 7", "顾客的快递卡在武汉三天", "0f3c9a71be", "9d8e7f6a5b4c-taobao-moon",
			"8412097756310294",
		},
	} {
		for _, p := range passwords {
			t.Run(code+"/"+p, func(t *testing.T) {
				t.Parallel()
				err := CheckPassword(p, "lin.xiaoman")
				require.Equal(t, code, fault.CodeOf(err))
			})
		}
	}
	require.Greater(t, len(common), 300)
}

func TestHash(t *testing.T) {
	t.Parallel()
	cheap := Cost{MemoryKiB: 8, Passes: 1}
	phc := cheap.hash("退款e\u0301")

	t.Run("IsPHCAndSalted", func(t *testing.T) {
		t.Parallel()
		require.Regexp(t, `^\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`, phc)
		require.NotEqual(t, phc, cheap.hash("退款e\u0301"))
		require.Contains(t, DefaultCost.hash("x"), "m=19456,t=2,p=1")
	})
	t.Run("MatchesOnlyItsPassword", func(t *testing.T) {
		t.Parallel()
		for p, want := range map[string]bool{"退款e\u0301": true, "退款\u00e9": true, "退款e": false, "": false, phc: false} {
			good, err := matches(phc, p)
			require.NoError(t, err)
			require.Equal(t, want, good, p)
		}
	})
	t.Run("BrokenRowsAreErrors", func(t *testing.T) {
		t.Parallel()
		for _, broken := range []string{
			"", "plain", strings.Replace(phc, "argon2id", "argon2i", 1), strings.Replace(phc, "v=19", "v=16", 1),
			strings.Replace(phc, "m=8", "m=99999999", 1), strings.Replace(phc, "m=8", "m=0", 1), strings.Replace(phc, "t=1", "t=0", 1),
			strings.Replace(phc, "p=1", "p=0", 1), phc[:len(phc)-30], phc + "$", strings.Replace(phc, "m=8", "x=8", 1),
		} {
			_, err := matches(broken, "退款e\u0301")
			require.Error(t, err, broken)
		}
	})
}

func TestGate(t *testing.T) {
	t.Parallel()
	g := newGate(1, 2)
	leave, err := g.enter(context.Background())
	require.NoError(t, err)

	var waiters sync.WaitGroup
	for range 2 {
		waiters.Go(func() {
			leave, err := g.enter(context.Background())
			if err != nil {
				t.Errorf("a waiter within the queue: %v", err)
				return
			}
			leave()
		})
	}
	require.Eventually(t, func() bool { return g.waiting.Load() == 2 }, waitLong, tick)
	_, err = g.enter(context.Background())
	require.ErrorIs(t, err, fault.New(fault.Throttled, "busy", nil))

	leave()
	waiters.Wait()
	require.Zero(t, g.waiting.Load())

	leave, err = g.enter(context.Background())
	require.NoError(t, err)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = g.enter(cancelled)
	require.ErrorIs(t, err, context.Canceled)
	leave()
}
