#include "shell/native/session.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

namespace outpost {

Milliseconds NativeClock::now() {
    if (fixed_) return *fixed_;
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

int NativeClock::utc_offset_minutes(Milliseconds instant) {
    const std::time_t seconds = static_cast<std::time_t>(instant / 1000);
    std::tm local{};
    if (!::localtime_r(&seconds, &local)) return 0;
    return static_cast<int>(local.tm_gmtoff / 60);
}

std::int64_t NativeClock::ticks_microseconds() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::uint64_t NativeRandom::next() {
    static std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

void NativeLog::write(std::string_view line) { std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data()); }

Session::Session(std::string folder, std::optional<Milliseconds> now)
    : clock(now), storage(std::move(folder)), workspace({&clock, &random, &storage, &log}) {}

bool Session::open(std::string& problem) {
    if (!storage.open_folder()) {
        problem = storage.failure_detail();
        return false;
    }
    workspace.open([&](Result<OpenReport> opened) {
        if (!opened) problem = workspace.messages().error(opened.error());
        else report = *std::move(opened);
    });
    if (!problem.empty()) return false;
    if (report.newer_format) {
        problem = workspace.messages().text("error.storage.newer_format");
        return false;
    }
    if (!report.clean())
        log.write(workspace.messages().format("storage.report.recovered", {std::to_string(report.entries_damaged),
                                                                          std::to_string(report.sequences_missing.size())}));
    return settle(problem);
}

bool Session::settle(std::string& problem) {
    do workspace.tick();
    while (storage.state() == StorageState::Working && workspace.database().wants_tick());
    if (storage.state() == StorageState::Working && workspace.durable_sequence() >= workspace.applied_sequence()) return true;
    problem = storage.state() == StorageState::Full ? workspace.messages().text("error.storage.full") : workspace.messages().text("error.storage.failed");
    problem += " (" + storage.failure_detail() + ")";
    return false;
}

}  // namespace outpost
