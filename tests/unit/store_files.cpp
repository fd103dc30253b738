// The native program's folder: what its journal's frames say is believed no further than the entries in them.
#include <doctest/doctest.h>

#ifndef __EMSCRIPTEN__

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/edit/editor.h"
#include "core/objects/standard.h"
#include "core/store/database.h"
#include "core/workspace/backup.h"
#include "shell/native/commands.h"
#include "shell/native/line_reader.h"
#include "tests/support/ports.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

struct Folder {
    std::string path = (std::filesystem::temp_directory_path() / ("outpost-files-" + std::to_string(::getpid()))).string();
    Folder() { std::filesystem::remove_all(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    Bytes journal() const {
        std::ifstream file(path + "/journal.log", std::ios::binary);
        return Bytes(std::istreambuf_iterator<char>(file), {});
    }
    void put_journal(const Bytes& bytes) const {
        std::ofstream file(path + "/journal.log", std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
};

struct Opened {
    FakeClock clock;
    FakeRandom random{5};
    FileStorage storage;
    Records records;
    Editor editor;
    Database database;
    OpenReport report;

    std::string refusal;   // of opening

    explicit Opened(const Folder& folder)
        : storage(folder.path), editor(records, EditContext{&clock, &random, {}, 0}), database(storage, records, editor) {
        REQUIRE(storage.open_folder());
        database.open([this](Result<OpenReport> result) {
            if (result) report = *std::move(result);
            else refusal = result.error().message_key + ": " + result.error().arguments.at(0);
        });
        editor.on_group([this](const ChangeGroup& group) { database.append(group); });
    }
    void create(const std::string& name) {
        REQUIRE(editor.execute(CreateRecord{standard_object::account, {{system_field::name, name}}}).has_value());
        database.tick();
    }
    RowIndex accounts() const { return records.table(standard_object::account).live_count(); }
};

// Where each frame begins.
std::vector<std::size_t> frames(const Bytes& journal) {
    std::vector<std::size_t> out;
    for (std::size_t at = 0; at + 16 <= journal.size();) {
        out.push_back(at);
        at += 16 + (journal[at + 4] | std::size_t{journal[at + 5]} << 8 | std::size_t{journal[at + 6]} << 16);
    }
    return out;
}

}  // namespace

TEST_CASE("files: a frame's number that was changed is not believed, whatever it says") {
    Folder folder;
    {
        Opened life(folder);
        for (const char* name : {"A", "B", "C", "D"}) life.create(name);
    }
    const Bytes whole = folder.journal();
    const std::vector<std::size_t> begins = frames(whole);
    REQUIRE(begins.size() == 4);
    for (const std::size_t frame : {std::size_t{0}, std::size_t{2}, std::size_t{3}}) {
        for (const int damage : {0x80, 0xFF, 0}) {
            CAPTURE(frame);
            CAPTURE(damage);
            Bytes bytes = whole;
            for (std::size_t i = 8; i < 16; ++i) bytes[begins[frame] + i] = static_cast<std::uint8_t>(damage == 0x80 && i < 15 ? bytes[begins[frame] + i] : damage);
            folder.put_journal(bytes);
            {
                Opened life(folder);
                CHECK(life.report.clean());
                CHECK(life.editor.applied_sequence() == 4);
                CHECK(life.storage.durable_sequence() == 4);
                life.create("E");
                CHECK(life.editor.applied_sequence() == 5);
                CHECK(life.database.durable_sequence() == 5);
                // A snapshot leaves the entries after it in the journal, by their own numbers.
                life.database.compact({});
                life.create("F");
            }
            {
                Opened again(folder);
                CHECK(again.report.clean());
                CHECK(again.accounts() == 6);
                CHECK(again.report.last_sequence == 6);
            }
            std::filesystem::remove_all(folder.path);
            std::filesystem::create_directories(folder.path);
        }
    }
}

TEST_CASE("files: an entry that is damaged has the number of its place, and it is not given out again") {
    Folder folder;
    {
        Opened life(folder);
        for (const char* name : {"A", "B", "C"}) life.create(name);
    }
    Bytes bytes = folder.journal();
    bytes[frames(bytes)[2] + 16 + 40] ^= 1;
    bytes[frames(bytes)[2] + 15] = 0x80;
    folder.put_journal(bytes);
    Opened life(folder);
    CHECK(life.report.entries_damaged == 1);
    CHECK(life.editor.applied_sequence() == 3);
    CHECK(life.accounts() == 2);
}

namespace {

std::filesystem::path made_unreadable(const Folder& folder, const char* name, bool opens) {
    const std::filesystem::path path = folder.path + "/" + name, away = path.string() + ".away";
    std::filesystem::rename(path, away);
    if (opens) std::filesystem::create_directory(path);   // opens, but reading fails
    else std::filesystem::create_symlink(name, path);      // leads to itself
    return away;
}

}  // namespace

TEST_CASE("files: what can't be read is not taken for missing, and nothing is written over it") {
    for (const char* name : {"snapshot.bin", "journal.log"})
        for (const bool opens : {false, true}) {
            CAPTURE(name);
            CAPTURE(opens);
            Folder folder;
            {
                Opened life(folder);
                for (const char* account : {"A", "B", "C"}) life.create(account);
                life.database.compact({});
                life.create("D");
            }
            const std::filesystem::path away = made_unreadable(folder, name, opens);
            {
                Opened life(folder);
                CHECK(life.storage.state() == StorageState::Failed);
                CHECK(life.storage.failure_detail().find(name) != std::string::npos);
                if (!opens) CHECK(life.refusal.starts_with("error.storage.file_unreadable: " + folder.path + "/" + name));
                life.create("E");
                CHECK(life.database.durable_sequence() < life.editor.applied_sequence());
            }
            std::filesystem::remove(folder.path + "/" + name);
            std::filesystem::rename(away, folder.path + "/" + name);
            Opened again(folder);
            CHECK(again.report.clean());
            CHECK(again.accounts() == 4);
        }
}

TEST_CASE("files: a journal that can't be read when an edit is to be added keeps what it has") {
    Folder folder;
    {
        Opened life(folder);
        life.create("A");
    }
    Opened life(folder);
    const std::filesystem::path away = made_unreadable(folder, "journal.log", false);
    life.create("B");
    CHECK(life.storage.state() == StorageState::Failed);
    CHECK(life.storage.failure_detail().find("journal.log") != std::string::npos);
    std::filesystem::remove(folder.path + "/journal.log");
    std::filesystem::rename(away, folder.path + "/journal.log");
    life.storage.retry();
    CHECK(life.storage.state() == StorageState::Working);
    CHECK(life.database.durable_sequence() == 2);
    CHECK(frames(folder.journal()).size() == 2);
}

namespace {

// What "outpost --data FOLDER" does before and after its command.
struct Run {
    std::string problem, made;
    Session session;
    bool opened;

    explicit Run(const Folder& folder) : session(folder.path, std::nullopt), opened(session.open(problem)) {}
    std::string count(const char* object) { return session.workspace.query_json(std::string("SELECT COUNT() FROM ") + object); }
    bool create_account() {
        Sequence sequence = 0;
        const Json answer = session.workspace.execute_json(*parse_json(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"A"}})"), sequence);
        made = answer.text_or("id", "");
        return session.settle(problem);
    }
};

bool is_there(const std::string& path) { return std::filesystem::exists(std::filesystem::symlink_status(path)); }

// Writing into this file finds a full disk.
void make_full(const std::string& path) { std::filesystem::create_symlink("/dev/full", path); }

}  // namespace

TEST_CASE("files: what is in the journal is saved, though the snapshot after it finds no room") {
    Folder folder;
    {
        Run run(folder);
        REQUIRE(run.opened);
        make_full(folder.path + "/snapshot.tmp");
        CHECK(run_generate(run.session, {.command = "generate", .positional = {}, .options = {{"--opportunities", "20000"}}}) == 0);
        CHECK_FALSE(is_there(folder.path + "/snapshot.tmp"));   // it was tried
        CHECK_FALSE(is_there(folder.path + "/snapshot.bin"));
        CHECK(run.session.storage.state() == StorageState::Working);
        CHECK(run.create_account());
    }
    {
        // Each opening tries again, and reading needs none.
        make_full(folder.path + "/snapshot.tmp");
        Run run(folder);
        CHECK(run.opened);
        CHECK_FALSE(is_there(folder.path + "/snapshot.tmp"));
        CHECK(run.count("Opportunity").find("\"totalSize\":20000") != std::string::npos);
    }
    Run run(folder);
    run.session.workspace.database().compact({});
    CHECK(run.session.storage.take_snapshot_failure().empty());
    CHECK(is_there(folder.path + "/snapshot.bin"));
}

TEST_CASE("files: a journal that is missing beside its snapshot is said, once") {
    Folder folder;
    std::string lost;
    {
        Run run(folder);
        run.session.workspace.database().compact({});
        CHECK(run.create_account());
        lost = run.made;
    }
    CHECK_FALSE(Run(folder).session.storage.journal_missing());
    std::filesystem::remove(folder.path + "/journal.log");
    {
        Run run(folder);
        CHECK(run.opened);
        CHECK(run.session.storage.journal_missing());
        CHECK(run_verify(run.session, {}) == 1);
    }
    Run run(folder);
    CHECK(run_verify(run.session, {}) == 0);
    CHECK(run.create_account());
    CHECK(run.made.size() == lost.size());
    CHECK(run.made != lost);
    // A snapshot after which nothing was edited has a journal too.
    run.session.workspace.database().compact({});
    CHECK(is_there(folder.path + "/journal.log"));
}

TEST_CASE("files: a journal that is missing where there never was a snapshot is said, once; a new folder lacks none") {
    Folder folder;
    {
        Run run(folder);
        CHECK_FALSE(run.session.storage.journal_missing());
        CHECK(run.create_account());
    }
    CHECK_FALSE(Run(folder).session.storage.journal_missing());
    std::filesystem::remove(folder.path + "/journal.log");
    {
        Run run(folder);
        CHECK(run.opened);
        CHECK(run_verify(run.session, {}) == 1);
    }
    {
        Run run(folder);
        CHECK(run_verify(run.session, {}) == 0);
        run.session.storage.erase_all([](const Status&) {});
    }
    CHECK_FALSE(Run(folder).session.storage.journal_missing());
    // A lock alone, as a start leaves it that was cut off before it wrote anything.
    std::filesystem::remove_all(folder.path);
    std::filesystem::create_directories(folder.path);
    std::ofstream(folder.path + "/lock").close();
    CHECK_FALSE(Run(folder).session.storage.journal_missing());
}

namespace {

// A folder that one may read and not write; root may everything, and is somebody else meanwhile.
class ReadOnly {
public:
    explicit ReadOnly(const Folder& folder) : path_(folder.path), was_root_(::geteuid() == 0) {
        for (const auto& file : std::filesystem::directory_iterator(path_)) ::chmod(file.path().c_str(), 0444);
        ::chmod(path_.c_str(), 0555);
        if (was_root_) REQUIRE(::seteuid(65534) == 0);
    }
    ~ReadOnly() {
        if (was_root_) CHECK(::seteuid(0) == 0);
        ::chmod(path_.c_str(), 0755);
    }

private:
    std::string path_;
    bool was_root_;
};

}  // namespace

TEST_CASE("files: a folder that can only be read is read, and writing into it is refused") {
    for (const bool has_lock : {true, false}) {
        CAPTURE(has_lock);
        Folder folder;
        {
            Run run(folder);
            run.session.workspace.database().compact({});
            CHECK(run.create_account());
        }
        if (!has_lock) std::filesystem::remove(folder.path + "/lock");
        {
            const ReadOnly guard(folder);
            Run run(folder), beside(folder);
            REQUIRE(run.opened);
            CHECK(beside.opened);
            CHECK(run.count("Account").find("\"totalSize\":1") != std::string::npos);
            CHECK(run_verify(run.session, {}) == 0);
            CHECK_FALSE(run.create_account());
            CHECK(run.problem.starts_with("This data can only be read (" + folder.path + "/lock: "));
            const Bytes backup = make_backup(run.session.workspace);
            restore_backup(run.session.storage, 1, backup, [](const Result<Sequence>& sequence) {
                REQUIRE_FALSE(sequence);
                CHECK(sequence.error().message_key == "error.storage.read_only");
            });
        }
        {
            Run writer(folder);
            CHECK(writer.opened);
            CHECK(writer.count("Account").find("\"totalSize\":1") != std::string::npos);
            const ReadOnly guard(folder);
            Run reader(folder);
            CHECK(reader.problem == folder.path + ": another process has it open");
        }
    }
}

TEST_CASE("files: a file that finds no room leaves the old one as it was and nothing beside it") {
    Folder folder;
    const std::string path = folder.path + "/sub/all.backup", half = path + ".part";
    const auto text = [&] {
        std::ifstream file(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    CHECK(write_text_file(path, "one"));
    CHECK(text() == "one");
    make_full(half);
    CHECK_FALSE(write_text_file(path, "two"));
    CHECK(text() == "one");
    CHECK_FALSE(is_there(half));
    std::filesystem::create_symlink(path, folder.path + "/link");
    CHECK(write_text_file(folder.path + "/link", "three"));
    CHECK(text() == "three");
    CHECK(std::filesystem::is_symlink(folder.path + "/link"));
    CHECK(write_text_file("/dev/null", "four"));
    CHECK_FALSE(write_text_file(folder.path + "/sub", "five"));
    CHECK_FALSE(is_there(folder.path + "/sub.part"));
}

TEST_CASE("files: lines that wait are known before they are read, and none is waited for") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const auto write = [&](std::string_view text) { REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size())); };
    LineReader lines(ends[0]);
    CHECK_FALSE(lines.has_next());
    write("one\ntwo\n\nhalf");
    std::string line;
    for (const char* expected : {"one", "two", ""}) {
        CHECK(lines.has_next());
        CHECK(lines.next(line));
        CHECK(line == expected);
    }
    CHECK_FALSE(lines.has_next());
    write(" a line\nrest");
    CHECK(lines.has_next());
    CHECK(lines.next(line));
    CHECK(line == "half a line");
    ::close(ends[1]);
    CHECK(lines.has_next());
    CHECK(lines.next(line));
    CHECK(line == "rest");
    CHECK_FALSE(lines.has_next());
    CHECK_FALSE(lines.next(line));
    ::close(ends[0]);
}

#endif
