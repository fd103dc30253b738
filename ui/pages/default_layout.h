// Default layout: which fields of an object stand where while nobody has laid out its pages: list columns, key facts,
// sections of the record page and the form. Standard objects have theirs as data; any other object gets one from its
// schema, so that a custom object works at once.
// Invariant: every field named is there, not deleted and not hidden. Called by: list, record and form pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/messages.h"
#include "core/objects/schema.h"

namespace outpost {

struct LayoutSection {
    std::string title;
    std::vector<FieldIndex> fields;       // an address or location stands as its compound
    bool system = false;                  // who made and changed it: read only, last
};

struct ObjectLayout {
    std::vector<FieldIndex> columns;      // of the list
    std::string sort;                     // "CloseDate", "-CreatedDate" newest first
    std::vector<FieldIndex> facts;        // of the record's header
    std::vector<FieldIndex> card_detail;  // second line of list items and suggestions
    FieldIndex card_right = no_field;     // right end of list items
    std::vector<LayoutSection> sections;
};

ObjectLayout default_layout(const Object& object, const Schema& schema, const Messages& messages);
// Fields that a list may show and be sorted by, and a person may choose as columns.
std::vector<FieldIndex> listable_fields(const Object& object);
// Whether it is a compound of other fields, which are what one enters: an address, a location.
bool has_parts(const Field& field);
// Its component fields, in order: street, city, state, postal code, country; latitude, longitude.
std::vector<FieldIndex> address_parts(const Object& object, const Field& compound);

}  // namespace outpost
