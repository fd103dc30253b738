#include "shell/common/answer_table.h"

#include <algorithm>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/text.h"
#include "core/query/group_condition.h"
#include "core/query/paths.h"
#include "core/transfer/csv.h"

namespace outpost {
namespace {

struct Flat {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> rows;
    std::vector<bool> numeric;
};

void flatten(const Json& record, const std::string& prefix, std::vector<std::pair<std::string, const Json*>>& out) {
    for (const auto& [name, value] : record.members()) {
        if (name == "attributes") continue;
        if (value.is_object() && !value.find("records")) flatten(value, prefix + name + ".", out);
        else out.emplace_back(prefix + name, &value);
    }
}

std::string cell_of(const Json& value) {
    if (value.is_null()) return {};
    if (value.is_bool()) return value.boolean() ? "true" : "false";
    if (value.is_string() || value.is_number()) return value.text();
    if (value.is_object()) return std::to_string(value.integer_or("totalSize", 0));
    return value.dump();
}

Flat flatten_answer(const Json& answer) {
    Flat flat;
    const Json* records = answer.find("records");
    if (!records || (records->items().empty() && !records->is_array())) return flat;
    for (const Json& record : records->items()) {
        std::vector<std::pair<std::string, const Json*>> cells;
        flatten(record, "", cells);
        std::vector<std::string>& row = flat.rows.emplace_back(flat.names.size());
        for (const auto& [name, value] : cells) {
            auto at = static_cast<std::size_t>(std::ranges::find(flat.names, name) - flat.names.begin());
            if (at == flat.names.size()) {
                // A null parent is one cell "Account" where others have "Account.Name": no column of its own.
                if (value->is_null() && std::ranges::any_of(flat.names, [&](const std::string& known) { return known.starts_with(name + "."); })) continue;
                flat.names.push_back(name);
                flat.numeric.push_back(true);
                row.emplace_back();
            }
            row[at] = cell_of(*value);
            if (!value->is_null() && !value->is_number()) flat.numeric[at] = false;
        }
    }
    // A parent that was null in the first rows left a bare column behind.
    for (std::size_t at = flat.names.size(); at-- > 0;) {
        const bool bare = std::ranges::any_of(flat.names, [&](const std::string& other) { return other.starts_with(flat.names[at] + "."); });
        if (!bare) continue;
        flat.names.erase(flat.names.begin() + static_cast<std::ptrdiff_t>(at));
        flat.numeric.erase(flat.numeric.begin() + static_cast<std::ptrdiff_t>(at));
        for (auto& row : flat.rows)
            if (at < row.size()) row.erase(row.begin() + static_cast<std::ptrdiff_t>(at));
    }
    for (auto& row : flat.rows) row.resize(flat.names.size());
    return flat;
}

// As the records of such an answer would have them.
std::vector<std::string> asked_names(const Query& query) {
    if (is_aggregate(query)) return aggregate_names(query);
    std::vector<std::string> names;
    for (const SelectTerm& select : query.select) {
        std::string name = select.subquery ? select.subquery->from : select.term.path.text;
        if (!select.term.alias.empty()) name.replace(name.size() - last_segment(name).size(), std::string::npos, select.term.alias);
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

// "BillingAddress.street" beside all of the address's parts: said twice.
bool is_told_by_parts(const Object& object, const std::string& name, const std::vector<std::string>& names) {
    const Field* whole = object.find_field(std::string_view(name).substr(0, name.find('.')));
    if (!whole || (whole->type != FieldType::Address && whole->type != FieldType::Location)) return false;
    return std::ranges::all_of(object.fields, [&](const Field& part) { return part.deleted || part.compound != whole->name || std::ranges::contains(names, part.name); });
}

// Cells of a terminal: Han, kana and Hangul take two.
std::size_t terminal_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        width += has_cjk(text.substr(at, length)) ? 2 : 1;
        at += length;
    }
    return width;
}

}  // namespace

std::string answer_as_csv(const Json& answer, std::string_view soql, const Records& records, CsvCells mode) {
    Flat flat = flatten_answer(answer);
    const auto query = parse_soql(soql, records);
    if (flat.rows.empty()) {
        flat.names = query && !is_count_only(*query) ? asked_names(*query) : std::vector{std::to_string(answer.integer_or("totalSize", 0))};
    }
    std::string out;
    std::vector<bool> is_left_out(flat.names.size());
    for (std::size_t at = 0; query && at < flat.names.size(); ++at) is_left_out[at] = is_told_by_parts(records.schema().object(query->object), flat.names[at], flat.names);
    const auto add_row = [&](const std::vector<std::string>& cells) {
        for (std::size_t at = 0, written = 0; at < cells.size(); ++at) {
            if (is_left_out[at]) continue;
            if (written++ > 0) out += ',';
            mode == CsvCells::Spreadsheet ? append_spreadsheet_cell(out, cells[at]) : append_csv_cell(out, cells[at]);
        }
        out += "\r\n";
    };
    add_row(flat.names);
    for (const auto& row : flat.rows) add_row(row);
    return out;
}

std::string answer_as_table(const Json& answer) {
    const Flat flat = flatten_answer(answer);
    std::vector<std::size_t> widths;
    for (std::size_t at = 0; at < flat.names.size(); ++at) {
        widths.push_back(terminal_width(flat.names[at]));
        for (const auto& row : flat.rows) widths[at] = std::max(widths[at], terminal_width(row[at]));
    }
    std::string out;
    const auto add_row = [&](const std::vector<std::string>& cells) {
        for (std::size_t at = 0; at < cells.size(); ++at) {
            const std::string blanks(widths[at] - terminal_width(cells[at]), ' ');
            if (at > 0) out += "  ";
            out += flat.numeric[at] ? blanks + cells[at] : cells[at] + blanks;
        }
        out.erase(out.find_last_not_of(' ') + 1);
        out += '\n';
    };
    if (!flat.names.empty()) {
        add_row(flat.names);
        std::vector<std::string> rules;
        for (const std::size_t width : widths) rules.emplace_back(width, '-');
        add_row(rules);
        for (const auto& row : flat.rows) add_row(row);
    }
    const std::int64_t total = answer.integer_or("totalSize", 0);
    return out + std::to_string(total) + (total == 1 ? " row\n" : " rows\n");
}

}  // namespace outpost
