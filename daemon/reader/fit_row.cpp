#include "daemon/reader/fit_row.hpp"

#include <google/protobuf/descriptor.h>

namespace washup::reader {
namespace {

namespace pb = google::protobuf;

void shorten(std::string& text) {
    if (text.size() <= shortened_text_bytes_max) return;
    auto end = shortened_text_bytes_max - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end) + "...";
}

void shorten_texts(pb::Message& message) {
    auto const* reflection = message.GetReflection();
    std::vector<pb::FieldDescriptor const*> fields;
    reflection->ListFields(message, &fields);
    for (auto const* field : fields) {
        auto const count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
        for (int i = 0; i < count; ++i) {
            if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE) {
                shorten_texts(field->is_repeated()
                                  ? *reflection->MutableRepeatedMessage(&message, field, i)
                                  : *reflection->MutableMessage(&message, field));
            } else if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING) {
                auto text = field->is_repeated() ? reflection->GetRepeatedString(message, field, i)
                                                 : reflection->GetString(message, field);
                shorten(text);
                field->is_repeated() ? reflection->SetRepeatedString(&message, field, i, text)
                                     : reflection->SetString(&message, field, text);
            }
        }
    }
}

}  // namespace

void fit_row(v1::Row& row) {
    if (row.ByteSizeLong() <= row_bytes_max) return;
    auto const id = row.id();  // its name is not a text
    shorten_texts(row);
    row.set_id(id);
}

}  // namespace washup::reader
