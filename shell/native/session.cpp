#include "shell/native/session.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>

#include "core/base/record_id.h"

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

// The system's own: TZ, else what /etc/localtime points to.
std::string NativeClock::zone() {
    if (const char* named = std::getenv("TZ"); named && *named) return named[0] == ':' ? named + 1 : named;
    std::error_code error;
    const std::string target = std::filesystem::read_symlink("/etc/localtime", error).string();
    const std::size_t at = target.find("zoneinfo/");
    return at == std::string::npos ? "UTC" : target.substr(at + 9);
}

// The C library reads the system's zone files; which one, TZ says while the question lasts.
std::optional<int> NativeClock::zone_offset_minutes(std::string_view zone, Milliseconds instant) {
    const std::string name(zone);
    std::error_code error;
    if (name.empty() || name.find("..") != std::string::npos || name.front() == '/' ||
        !std::filesystem::is_regular_file("/usr/share/zoneinfo/" + name, error))
        return std::nullopt;
    const char* own = std::getenv("TZ");
    const std::optional<std::string> kept = own ? std::optional<std::string>(own) : std::nullopt;
    ::setenv("TZ", name.c_str(), 1);
    ::tzset();
    const int minutes = utc_offset_minutes(instant);
    if (kept) ::setenv("TZ", kept->c_str(), 1);
    else ::unsetenv("TZ");
    ::tzset();
    return minutes;
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
    if (storage.state() != StorageState::Working) {  // not all of it could be read
        problem = workspace.messages().format("error.storage.file_unreadable", {storage.failure_detail()});
        return false;
    }
    if (report.newer_format) {
        problem = workspace.messages().text("error.storage.newer_format");
        return false;
    }
    if (report.snapshot_damaged) log.write(workspace.messages().text(report.snapshot_message()));
    if (report.copy_lost || report.entries_damaged != 0 || !report.sequences_missing.empty())
        log.write(workspace.messages().format("storage.report.recovered", {std::to_string(report.entries_damaged),
                                                                          std::to_string(report.sequences_missing.size())}));
    if (storage.journal_missing()) {
        log.write(workspace.messages().text("storage.report.journal_missing"));
        // Ids of records that only the journal had are not given out again; a snapshot brings a journal, so that this is
        // said once.
        workspace.editor().set_id_salt(1 + static_cast<std::uint32_t>(random.next() % ((1u << RecordId::salt_bits) - 1)));
        if (storage.read_only().empty()) workspace.database().compact({});
    }
    return settle(problem);
}

bool Session::settle(std::string& problem) {
    while (storage.read_only().empty()) {
        workspace.tick();
        if (storage.state() != StorageState::Working || !workspace.database().wants_tick()) break;
    }
    if (const std::string failure = storage.take_snapshot_failure(); !failure.empty())
        log.write(workspace.messages().format("storage.report.snapshot_not_written", {failure}));
    if (workspace.durable_sequence() >= workspace.applied_sequence()) return true;
    if (!storage.read_only().empty()) {
        problem = workspace.messages().format("error.storage.read_only", {storage.read_only()});
        return false;
    }
    problem = storage.state() == StorageState::Full ? workspace.messages().text("error.storage.full") : workspace.messages().text("error.storage.failed");
    problem += " (" + storage.failure_detail() + ")";
    return false;
}

}  // namespace outpost
