// Related lists: for every lookup that points to a record's object, the records that point to this one: count, first
// rows, "New" with the lookup filled in, and "Show all" as a filtered list. Custom children come by themselves.
// Invariant: gathered again only when the workspace's revision rose. Called by: record_page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ui/context.h"
#include "ui/pages/default_layout.h"

namespace outpost {

class RelatedLists {
public:
    void draw(Context& context, RecordRef record, bool read_only);

private:
    struct Line { std::string title, detail, right, address; RowIndex row = no_row; };
    struct Relation {
        ObjectIndex object = no_object;
        FieldIndex field = no_field;
        std::string title;
        ObjectLayout layout;
        std::size_t count = 0;
        std::vector<Line> lines;             // the first ones
    };

    void refresh(Context& context, RecordRef record);
    void find_relations(Context& context, RecordRef record);
    void gather(Context& context, RecordRef record, Relation& relation);
    void draw_relation(Context& context, RecordRef record, const Relation& relation, bool read_only);

    std::vector<Relation> relations_;
    RecordRef of_;
    std::uint64_t revision_ = 0;
    Language language_ = Language::English;
};

}  // namespace outpost
