// Session: an open workspace over a folder, for one run of the native shell, with the real clock (or --now) and the
// system's randomness. Called by: shell/native/main.cpp and its commands.
#pragma once

#include <memory>
#include <string>

#include "core/workspace/workspace.h"
#include "shell/native/file_storage.h"
#include "shell/native/iconv_decoder.h"

namespace outpost {

class NativeClock : public Clock {
public:
    explicit NativeClock(std::optional<Milliseconds> fixed) : fixed_(fixed) {}
    Milliseconds now() override;
    int utc_offset_minutes(Milliseconds instant) override;
    std::string zone() override;
    std::optional<int> zone_offset_minutes(std::string_view zone, Milliseconds instant) override;
    std::int64_t ticks_microseconds() override;

private:
    std::optional<Milliseconds> fixed_;
};

class NativeRandom : public Random {
public:
    std::uint64_t next() override;
};

class NativeLog : public Log {
public:
    void write(std::string_view line) override;
};

struct Session {
    NativeClock clock;
    NativeRandom random;
    NativeLog log;
    IconvDecoder text_decoder;
    FileStorage storage;
    Workspace workspace;
    OpenReport report;

    Session(std::string folder, std::optional<Milliseconds> now);
    // Opens the folder's database. False, with what to say in `problem`.
    bool open(std::string& problem);
    // Waits until all that was applied is on the disk. False when the disk refused. A snapshot that could not be written
    // is said in the log and refuses nothing.
    bool settle(std::string& problem);
};

}  // namespace outpost
