// Prints nanoseconds an operation, best of several rounds, as JSON: the operations of operations.mjs that Go has too.
// Run by scripts/bench-race.mjs, with and without -race.
package main

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

const elements = 4096

var (
	shared [elements]int32
	bytes  [elements]uint8
	floats [elements]float64
	count  atomic.Int32
	word   int32
	mutex  sync.Mutex
	sink   float64
)

// Best of forty rounds of about 5 ms.
func nanosPerOperation(run func()) float64 {
	best := 1e18
	for round := 0; round < 40; round++ {
		start := time.Now()
		runs := 0
		for time.Since(start) < 5*time.Millisecond {
			run()
			runs++
		}
		best = min(best, float64(time.Since(start).Nanoseconds())/float64(runs)/elements)
	}
	return best
}

func main() {
	// In the order of operations.mjs: an atomic value costs more once it was written.
	operations := []struct {
		name string
		run  func()
	}{
		{"sum of shared Int32", func() {
			var sum int32
			for i := range elements {
				sum += shared[i]
			}
			sink += float64(sum)
		}},
		{"write shared Int32", func() {
			for i := range elements {
				shared[i] = int32(i)
			}
		}},
		{"write shared Uint8", func() {
			for i := range elements {
				bytes[i] = uint8(i)
			}
		}},
		{"a[i]++ on shared Int32", func() {
			for i := range elements {
				shared[i]++
			}
		}},
		{"one shared counter ++", func() {
			for range elements {
				shared[0]++
			}
		}},
		{"sum of shared Float64", func() {
			var sum float64
			for i := range elements {
				sum += floats[i]
			}
			sink += sum
		}},
		{"f[i] += 1 on shared Float64", func() {
			for i := range elements {
				floats[i] += 1
			}
		}},
		{"write, new epoch every 64", func() {
			for i := range elements {
				shared[i] = int32(i)
				if i%64 == 0 {
					count.Store(int32(i))
				}
			}
		}},
		{"Atomics.add", func() {
			for range elements {
				count.Add(1)
			}
		}},
		{"Atomics.load", func() {
			var sum int32
			for range elements {
				sum += count.Load()
			}
			sink += float64(sum)
		}},
		{"lock, ++, unlock", func() {
			for range elements {
				mutex.Lock()
				word++
				mutex.Unlock()
			}
		}},
	}
	results := map[string]float64{}
	for _, operation := range operations {
		results[operation.name] = nanosPerOperation(operation.run)
	}
	text, _ := json.Marshal(results)
	fmt.Println(string(text))
}
