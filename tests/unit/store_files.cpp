// The native program's folder: what its journal's frames say is believed no further than the entries in them.
#include <doctest/doctest.h>

#ifndef __EMSCRIPTEN__

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/edit/editor.h"
#include "core/objects/standard.h"
#include "core/store/database.h"
#include "shell/native/file_storage.h"
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
