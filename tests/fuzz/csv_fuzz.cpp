// Any bytes as a file to import: the whole way from the encoding to the records. Every row is made, updated or handed
// back; cells survive being written and read again; one undo leaves nothing. The first byte chooses how it is read.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/edit/initial_records.h"
#include "core/objects/standard.h"
#include "core/transfer/import_job.h"
#include "tests/support/ports.h"

using namespace outpost;

namespace {

// A stand-in for the platform's tables: as many letters as bytes.
class Letters final : public TextDecoder {
public:
    bool decode(std::string_view encoding, ByteView bytes, std::string& out) override {
        for (const std::uint8_t byte : bytes) out += byte < 0x80 ? std::string(1, static_cast<char>(byte)) : "\xE5\xAD\x97";
        return encoding == "gb18030";
    }
    std::string compose(std::string_view text) override { return std::string(text); }
};

struct Store {
    testing::FakeClock clock;
    testing::FakeRandom random;
    Records records;
    Editor editor{records, EditContext{&clock, &random, {}, 77}};
    Store() {
        create_initial_records(editor);
        editor.set_user({standard_object::user, 0});
    }
};

// All cells, written as RFC 4180 has it and read again, are the same.
void check_round_trip(const ImportSource& source) {
    std::string text, scratch;
    std::vector<std::vector<std::string>> rows;
    for (std::uint32_t row = 0; row < source.row_count(); ++row) {
        std::vector<std::string>& cells = rows.emplace_back();
        for (std::uint32_t column = 0; column < source.column_count(); ++column) {
            cells.emplace_back(source.cell(row, column, scratch));
            if (column > 0) text += ',';
            append_csv_cell(text, cells.back());
        }
        text += '\n';
    }
    if (source.column_count() < 2) return;  // an empty cell alone is a blank line
    CsvReader reader(text, CsvDialect{});
    CsvBlock block;
    OUTPOST_ASSERT(reader.read(block, 0xFFFF'FFFF).has_value());
    OUTPOST_ASSERT(block.rows() == rows.size());
    for (std::uint32_t row = 0; row < block.rows(); ++row) {
        OUTPOST_ASSERT(block.cell_count(row) == rows[row].size());
        for (std::uint32_t column = 0; column < rows[row].size(); ++column)
            OUTPOST_ASSERT(cell_text(text, block.cells[block.first_cell(row) + column], scratch) == rows[row][column]);
    }
}

void import(const ImportSource& source, std::uint8_t choice) {
    static std::unique_ptr<Store> store;
    static int imports = 0;
    if (!store || ++imports % 512 == 0) store = std::make_unique<Store>();  // undone rows and ids stay
    static const Messages messages(Language::English);
    static constexpr ObjectIndex objects[] = {standard_object::lead, standard_object::account, standard_object::contact, standard_object::opportunity,
                                              standard_object::task, standard_object::product, standard_object::user};
    ObjectIndex object = choice % 16 == 0 ? guess_import_object(source, store->records) : no_object;
    if (object == no_object) object = objects[choice % std::size(objects)];
    ImportPlan plan = make_import_plan(source, store->records, object);
    plan.create_missing = {.picklist_values = (choice & 16) != 0, .fields = false, .records = (choice & 32) != 0};
    plan.accept_suggestions = (choice & 64) != 0;
    if (choice & 128)
        for (std::uint32_t column = 0; column < plan.columns.size() && column < 8; ++column)
            if (plan.columns[column].action == ColumnAction::Skip) set_new_field(plan, column, source.columns()[column].type, source, store->records);
    const Sequence before = store->editor.applied_sequence();
    const RowIndex live = store->records.table(object).live_count();
    ImportJob job(source, std::move(plan), store->records, store->editor, store->clock, messages);
    while (!job.is_done()) {
        if (const Status status = job.step(1'000'000'000); !status) {
            OUTPOST_ASSERT(!messages.error(status.error()).empty());
            OUTPOST_ASSERT(store->editor.applied_sequence() == before);
            return;
        }
    }
    const ImportReport& report = job.report();
    OUTPOST_ASSERT(report.total == source.row_count());
    OUTPOST_ASSERT(report.created + report.updated + report.failed == report.total);
    OUTPOST_ASSERT((report.failed == 0) == report.failures_csv.empty());
    OUTPOST_ASSERT(parse_json(report_to_json(report).dump()).has_value());
    OUTPOST_ASSERT(store->records.table(object).live_count() >= live + report.created);
    if (store->editor.applied_sequence() == before) return;
    OUTPOST_ASSERT(store->editor.execute(Undo{}).has_value());
    OUTPOST_ASSERT(store->records.table(object).live_count() == live);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    static testing::FakeClock clock;
    static Letters letters;
    static const Messages messages(Language::English);
    static constexpr const char* encodings[] = {"", "", "", "utf-8", "utf-16le", "windows-1252", "gb18030", "utf-16be"};
    ImportSourceOptions options;
    options.encoding = encodings[data[0] & 7];
    ImportSource source(std::string(reinterpret_cast<const char*>(data + 2), size - 2), std::move(options), &letters, clock);
    while (!source.is_done()) {
        if (const Status status = source.step(1'000'000'000); !status) {
            OUTPOST_ASSERT(!messages.error(status.error()).empty());
            return 0;
        }
    }
    check_round_trip(source);
    import(source, data[1]);
    return 0;
}
