// Columns and row lists inside a journal entry: integers are narrowed to the width that their range needs (a constant
// takes no bytes a row), ascending rows are runs or steps, text is lengths and one run of bytes.
// Invariant: decoding allocates at most what expansion_allowed() of the bytes read so far justifies; an encoder keeps
// the same account and falls back to wider forms. Called by: journal_codec.
#pragma once

#include <optional>
#include <vector>

#include "core/objects/column.h"
#include "core/store/byte_stream.h"

namespace outpost {

// Memory that constants and runs may expand to beyond their own bytes, in an entry of which `bytes` were seen.
constexpr std::uint64_t expansion_allowed(std::uint64_t bytes) { return (std::uint64_t{1} << 20) + 64 * bytes; }

struct ExpansionAccount {
    std::uint64_t spent = 0;  // bytes
    bool spend(std::uint64_t bytes, std::uint64_t seen) {
        if (bytes > expansion_allowed(seen) || spent > expansion_allowed(seen) - bytes) return false;
        spent += bytes;
        return true;
    }
};

void encode_column(const Column& column, EntryParts& out, ExpansionAccount& account);
// nullopt (and a failed reader) when the bytes are no column or hold text that is not UTF-8.
std::optional<Column> decode_column(ByteReader& reader, ExpansionAccount& account);
// Passes over a column without making it.
void skip_column(ByteReader& reader);

// Rows ascending, each once.
void encode_rows(const std::vector<RowIndex>& rows, EntryParts& out, ExpansionAccount& account);
std::vector<RowIndex> decode_rows(ByteReader& reader, ExpansionAccount& account);

}  // namespace outpost
