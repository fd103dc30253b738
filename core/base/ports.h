// Ports: the interfaces through which the core reaches the world. They are passed in, never looked up, so that the
// simulation can drive every one of them. Called by: workspace and store; implemented by web, shell/native and tests.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/base/decimal.h"
#include "core/base/result.h"
#include "core/base/types.h"

namespace outpost {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Milliseconds now() = 0;
    // Minutes to add to UTC for the person's local time at that instant (DST included).
    virtual int utc_offset_minutes(Milliseconds instant) = 0;
    // IANA name of that zone ("Europe/Berlin"), "UTC" where none is known.
    virtual std::string zone() = 0;
    // The same minutes for a zone by its IANA name; nothing when no such zone is known here.
    virtual std::optional<int> zone_offset_minutes(std::string_view zone, Milliseconds instant) = 0;
    // A steady count for measuring, in microseconds.
    virtual std::int64_t ticks_microseconds() = 0;
};

class Random {
public:
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;
};

class Log {
public:
    virtual ~Log() = default;
    virtual void write(std::string_view line) = 0;
};

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// Turns bytes in an encoding that the core has no tables for (GB18030, Shift_JIS, Big5 ...) into UTF-8: the browser's
// TextDecoder, iconv natively. `encoding` is a WHATWG label ("gb18030"). What is malformed comes as U+FFFD.
// False when the encoding is not known here.
class TextDecoder {
public:
    virtual ~TextDecoder() = default;
    virtual bool decode(std::string_view encoding, ByteView bytes, std::string& out) = 0;
    // The text, which is UTF-8, in Unicode's form NFC: a letter and its accents are one character, so that what looks the
    // same is the same. (macOS writes file names, and PDF files their texts, taken apart.)
    virtual std::string compose(std::string_view text) = 0;
};

// Bytes that may lie outside our memory (a file, an ArrayBuffer), read piecewise so that nothing is held twice.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const = 0;
    // Fills `out` from `offset`. False when the range is not there or can't be read.
    virtual bool read(std::uint64_t offset, std::span<std::uint8_t> out) = 0;
};

// What one copy of the store holds, as it lies there: nothing is checked yet. The core checks all checksums.
struct StoredCopy {
    std::string name;                      // "indexeddb", "opfs", "files"
    std::unique_ptr<ByteSource> snapshot;  // null when there is none
    std::vector<Bytes> entries;            // journal entries in the order kept; may be damaged, doubled, or older than the snapshot
    // Of the entries those too large to be held beside the records that they give: read piecewise.
    std::vector<std::unique_ptr<ByteSource>> large_entries;
    std::vector<Bytes> damaged;            // bytes the storage itself could not frame; kept for export
    bool was_lost = false;                 // the browser reported that it threw this copy away (IndexedDB dataLoss)
};

enum class LoadScope { Best, AllCopies };  // Best: one copy that the storage believes complete

// What a new snapshot makes of the entries up to its sequence: history of the same records, or, when a backup takes
// the place of everything, nothing.
enum class EarlierEntries { BecomeHistory, AreDropped };

enum class StorageState { Working, Full, Failed };

// Storage: keeps journal entries and one snapshot, in one or more copies. It knows nothing of what the bytes mean.
// Order: entries are made durable in the order appended. append() and flush() return at once.
class Storage {
public:
    virtual ~Storage() = default;

    virtual void load(LoadScope scope, std::function<void(Result<std::vector<StoredCopy>>)> done) = 0;

    // Queues an entry, given in parts that are written one behind the other; copies them before it returns.
    virtual void append(Sequence sequence, std::span<const ByteView> parts) = 0;
    // Starts writing all that is queued, as one transaction. Called once a frame.
    virtual void flush() = 0;
    // Newest sequence that is durable in at least one copy, together with all before it.
    virtual Sequence durable_sequence() const = 0;

    // Replaces the snapshot: begin, write in pieces, commit. At commit the new snapshot and the removal from load() of
    // all entries up to `sequence` take effect together or not at all, copy by copy. Where entries are dropped, the
    // storage takes nothing more afterwards: whoever has it open still has the old records.
    virtual void begin_snapshot(Sequence sequence, EarlierEntries earlier) = 0;
    virtual void write_snapshot(ByteView bytes) = 0;
    virtual void commit_snapshot(std::function<void(Status)> done) = 0;

    // Entries that a snapshot replaced stay as history (field history, undo after opening, recovery) where the storage
    // can keep them. Gives the entries with first <= sequence <= last that are still there, replaced or not: those of
    // one copy, or of all. May hold entries twice, out of order, and bytes that could not be framed: the core sorts and
    // checks them.
    virtual void load_history(Sequence first, Sequence last, LoadScope scope, std::function<void(Result<std::vector<Bytes>>)> done) {
        static_cast<void>(first), static_cast<void>(last), static_cast<void>(scope);
        done(std::vector<Bytes>{});
    }

    // Removes all that is stored (after a confirmation, or when a damaged store was exported).
    virtual void erase_all(std::function<void(Status)> done) = 0;

    virtual StorageState state() const = 0;
    virtual std::string failure_detail() const = 0;  // "" while Working
    // Tries again what failed (after the person freed space).
    virtual void retry() = 0;
    // Called whenever durable_sequence() or state() may have changed.
    virtual void on_progress(std::function<void()> callback) = 0;
};

// Numbers, dates and names in the person's language; in the browser by Intl.
class Locale {
public:
    virtual ~Locale() = default;
    virtual std::string format_number(Decimal value, int decimals) = 0;               // 1,234.50
    virtual std::string format_money(Decimal value, std::string_view iso_code) = 0;   // $1,234.50
    virtual std::string format_money_short(Decimal value, std::string_view iso_code) = 0;  // $1.2M
    virtual std::string format_date(Days day) = 0;                                    // Nov 23, 2026
    virtual std::string format_month(Days day) = 0;                                   // November 2026
    virtual std::string format_instant(Milliseconds instant) = 0;                     // Nov 23, 2026, 10:05 AM, local
    virtual std::string format_time(int minutes) = 0;                                 // 10:05 AM; minutes since midnight
    virtual std::string format_weekday(Days day) = 0;                                 // Mon
    virtual std::string format_day(Days day) = 0;                                     // Monday, November 23
    virtual int first_weekday() = 0;                                                  // 0 Sunday, 1 Monday
};

}  // namespace outpost
